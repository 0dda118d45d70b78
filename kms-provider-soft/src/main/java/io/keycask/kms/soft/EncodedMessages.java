package io.keycask.kms.soft;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The encoded messages that RSA signs (RFC 8017 §9), of a SHA-256 digest: the JDK makes them of whole messages only. The
 * modulus has a multiple of eight bits.
 */
final class EncodedMessages {
    private static final int DIGEST_BYTES = 32;
    private static final String DIGEST_INFO_SHA_256 = "3031300d060960864801650304020105000420";
    private static final SecureRandom RANDOM = new SecureRandom();

    private EncodedMessages() {}

    /** EMSA-PKCS1-v1_5, §9.2. */
    static byte[] pkcs1(byte[] digest, int sizeBytes) {
        byte[] info = HexFormat.of().parseHex(DIGEST_INFO_SHA_256);
        byte[] encoded = new byte[sizeBytes];
        int start = sizeBytes - info.length - digest.length;
        Arrays.fill(encoded, 2, start - 1, (byte) 0xff);
        encoded[1] = 1;
        System.arraycopy(info, 0, encoded, start, info.length);
        System.arraycopy(digest, 0, encoded, start + info.length, digest.length);
        return encoded;
    }

    /** EMSA-PSS with MGF1 of SHA-256 and a salt of 32 bytes, §9.1.1. */
    static byte[] pss(byte[] digest, int sizeBytes) {
        byte[] salt = new byte[DIGEST_BYTES];
        RANDOM.nextBytes(salt);
        MessageDigest sha256 = sha256();
        sha256.update(new byte[8]);
        sha256.update(digest);
        byte[] hash = sha256.digest(salt);
        byte[] block = new byte[sizeBytes - DIGEST_BYTES - 1];
        block[block.length - salt.length - 1] = 1;
        System.arraycopy(salt, 0, block, block.length - salt.length, salt.length);
        mask(hash, block);
        block[0] &= 0x7f; // so that the number is below the modulus
        return ByteBuffer.allocate(sizeBytes)
                .put(block)
                .put(hash)
                .put((byte) 0xbc)
                .array();
    }

    /** Adds MGF1 of the seed to the block, §B.2.1. */
    private static void mask(byte[] seed, byte[] block) {
        MessageDigest sha256 = sha256();
        for (int counter = 0; counter * DIGEST_BYTES < block.length; counter++) {
            sha256.update(seed);
            byte[] mask = sha256.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
            int at = counter * DIGEST_BYTES;
            for (int i = 0; i < DIGEST_BYTES && at + i < block.length; i++) {
                block[at + i] ^= mask[i];
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
