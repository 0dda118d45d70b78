package io.keycask.kms.pkcs11.session;

import io.keycask.kms.pkcs11.binding.CkLayout;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.NativeArena;

/** A mechanism with its parameters: a {@code CK_MECHANISM} in the making. */
public final class Mechanism {
    private static final int TAG_BITS = 128;
    private static final int SHA256_BYTES = 32;

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

    /** Returns RSASSA-PSS over a SHA-256 digest, with MGF1 of SHA-256 and a salt of 32 bytes. */
    public static Mechanism pssSha256() {
        return new Mechanism(
                Cka.CKM_RSA_PKCS_PSS,
                (arena, layout) -> layout.writer()
                        .ulong(Cka.CKM_SHA256)
                        .ulong(Cka.CKG_MGF1_SHA256)
                        .ulong(SHA256_BYTES)
                        .toBytes());
    }

    /** Returns RSAES-OAEP with SHA-1 and MGF1 of SHA-1. */
    public static Mechanism oaepSha1() {
        return oaep(Cka.CKM_SHA_1, Cka.CKG_MGF1_SHA1);
    }

    /** Returns RSAES-OAEP with SHA-256 and MGF1 of SHA-256. */
    public static Mechanism oaepSha256() {
        return oaep(Cka.CKM_SHA256, Cka.CKG_MGF1_SHA256);
    }

    private static Mechanism oaep(long hash, long mgf) {
        return new Mechanism(
                Cka.CKM_RSA_PKCS_OAEP,
                (arena, layout) -> layout.writer()
                        .ulong(hash)
                        .ulong(mgf)
                        .ulong(Cka.CKZ_DATA_SPECIFIED)
                        .pointer(0)
                        .ulong(0)
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
