package io.keycask.kms.pkcs11.session;

import io.keycask.kms.pkcs11.binding.CkLayout;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.NativeArena;

/** A mechanism with its parameters: a {@code CK_MECHANISM} in the making. */
public final class Mechanism {
    private static final int TAG_BITS = 128;

    private final long type;
    private final Parameter parameter;

    private Mechanism(long type, Parameter parameter) {
        this.type = type;
        this.parameter = parameter;
    }

    private interface Parameter {
        byte[] write(NativeArena arena, CkLayout layout);
    }

    /** Returns the mechanism of this number, without parameters. */
    public static Mechanism of(long type) {
        return new Mechanism(type, (arena, layout) -> new byte[0]);
    }

    /** Returns AES-GCM with a tag of 16 bytes (PKCS #11 v2.40 errata: CK_GCM_PARAMS with ulIvBits). */
    public static Mechanism gcm(byte[] nonce, byte[] aad) {
        return new Mechanism(
                Cka.CKM_AES_GCM,
                (arena, layout) -> layout.writer()
                        .pointer(arena.put(nonce).address())
                        .ulong(nonce.length)
                        .ulong(8L * nonce.length)
                        .pointer(aad.length == 0 ? 0 : arena.put(aad).address())
                        .ulong(aad.length)
                        .ulong(TAG_BITS)
                        .toBytes());
    }

    /** Writes the mechanism to native memory and returns its address. */
    long writeTo(NativeArena arena, CkLayout layout) {
        byte[] bytes = parameter.write(arena, layout);
        long address = bytes.length == 0 ? 0 : arena.put(bytes).address();
        return arena.put(layout.writer()
                        .ulong(type)
                        .pointer(address)
                        .ulong(bytes.length)
                        .toBytes())
                .address();
    }
}
