package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A key pair in the clear, as it stands under the seal: {@code length of the public key (2) || SubjectPublicKeyInfo || PKCS
 * #8}, docs/formats.md §6.2. Used by one thread, which closes it.
 */
final class PairMaterial implements AutoCloseable {
    private final byte[] publicKey;
    private final byte[] pkcs8;

    private PairMaterial(byte[] publicKey, byte[] pkcs8) {
        this.publicKey = publicKey;
        this.pkcs8 = pkcs8;
    }

    /** Returns the material of these encodings; both now belong to it. */
    static PairMaterial of(byte[] publicKey, byte[] pkcs8) {
        return new PairMaterial(publicKey, pkcs8);
    }

    /**
     * Returns the material of these bytes, which the caller has to wipe.
     *
     * @param what for messages
     */
    static PairMaterial parse(byte[] sealed, String what) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        int length = in.remaining() < Short.BYTES ? -1 : in.getShort() & 0xffff;
        if (length < 0 || length > in.remaining()) {
            throw ProviderException.permanent(what + " is damaged: no key pair", null); // SOFT-11
        }
        byte[] publicKey = new byte[length];
        byte[] pkcs8 = new byte[in.remaining() - length];
        in.get(publicKey).get(pkcs8);
        return new PairMaterial(publicKey, pkcs8);
    }

    /** Returns the bytes to seal, which the caller has to wipe. */
    byte[] serialize() {
        return ByteBuffer.allocate(Short.BYTES + publicKey.length + pkcs8.length)
                .putShort((short) publicKey.length)
                .put(publicKey)
                .put(pkcs8)
                .array();
    }

    /** Returns the DER SubjectPublicKeyInfo. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    /** Returns the PKCS #8 encoding of the private key, which the caller has to wipe. */
    byte[] pkcs8() {
        return pkcs8.clone();
    }

    @Override
    public void close() {
        Arrays.fill(pkcs8, (byte) 0);
    }
}
