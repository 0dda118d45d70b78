package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.ProviderException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017 §8.1, §9.1.2). The modulus has a multiple of
 * eight bits, so the encoded message is as long as the modulus and its first bit is zero.
 */
record RsaPss(RsaKey key) implements SignatureScheme {
    private static final int DIGEST_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final byte TRAILER = (byte) 0xbc;

    @Override
    public int digestBytes() {
        return DIGEST_BYTES;
    }

    @Override
    public byte[] digest(byte[] message) {
        return SignatureScheme.jdkDigest("SHA-256").digest(message);
    }

    @Override
    public byte[] encode(byte[] fromProvider) {
        return requireLength(fromProvider, key);
    }

    static byte[] requireLength(byte[] signature, RsaKey key) {
        if (signature.length != key.sizeBytes()) {
            throw ProviderException.permanent(
                    "provider returned " + signature.length + " bytes that are no signature", null);
        }
        return signature.clone();
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
        return key.encodedMessage(signature)
                .filter(encoded -> isConsistent(encoded, digest))
                .isPresent();
    }

    private static boolean isConsistent(byte[] encoded, byte[] digest) {
        int maskedBytes = encoded.length - DIGEST_BYTES - 1;
        byte[] hash = Arrays.copyOfRange(encoded, maskedBytes, encoded.length - 1);
        byte[] block = Arrays.copyOf(encoded, maskedBytes);
        if (encoded[encoded.length - 1] != TRAILER || block[0] < 0) {
            return false;
        }
        byte[] mask = mask(hash, maskedBytes);
        for (int i = 0; i < maskedBytes; i++) {
            block[i] ^= mask[i];
        }
        block[0] &= 0x7f;
        byte[] padding = new byte[maskedBytes - SALT_BYTES];
        padding[padding.length - 1] = 1;
        byte[] salt = Arrays.copyOfRange(block, padding.length, maskedBytes);
        return Arrays.equals(padding, Arrays.copyOf(block, padding.length))
                && MessageDigest.isEqual(hash, hash(digest, salt));
    }

    private static byte[] hash(byte[] digest, byte[] salt) {
        MessageDigest sha256 = SignatureScheme.jdkDigest("SHA-256");
        sha256.update(new byte[8]);
        sha256.update(digest);
        return sha256.digest(salt);
    }

    /** MGF1, RFC 8017 §B.2.1. */
    private static byte[] mask(byte[] seed, int sizeBytes) {
        MessageDigest sha256 = SignatureScheme.jdkDigest("SHA-256");
        ByteBuffer mask = ByteBuffer.allocate(sizeBytes + DIGEST_BYTES);
        for (int counter = 0; mask.position() < sizeBytes; counter++) {
            sha256.update(seed);
            mask.put(sha256.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(counter).array()));
        }
        return Arrays.copyOf(mask.array(), sizeBytes);
    }
}
