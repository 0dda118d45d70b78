package io.keycask.kms.soft;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF-SHA256 (RFC 5869) with one secret, no salt, and outputs of at most one hash: what separates the keys that are
 * derived from a root key. Not thread-safe.
 */
final class Hkdf implements AutoCloseable {
    private static final int HASH_BYTES = 32;

    private final byte[] prk;

    private Hkdf(byte[] prk) {
        this.prk = prk;
    }

    /** RFC 5869 §2.2; an absent salt is one hash of zeros. */
    static Hkdf extract(byte[] secret) {
        return new Hkdf(hmac(new byte[HASH_BYTES], secret));
    }

    /** RFC 5869 §2.3; up to one hash there is only T(1). */
    byte[] expand(String label, int sizeBytes) {
        if (sizeBytes > HASH_BYTES) {
            throw new IllegalArgumentException("derived key of " + sizeBytes + " bytes; limit is " + HASH_BYTES);
        }
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        byte[] info = Arrays.copyOf(text, text.length + 1);
        info[text.length] = 1;
        byte[] block = hmac(prk, info);
        try {
            return Arrays.copyOf(block, sizeBytes);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(prk, (byte) 0);
    }
}
