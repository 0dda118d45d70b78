package io.keycask.kms.core.internal.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HKDF (RFC 5869) for outputs of at most one hash length, which is all that messages need: then
 * {@code T(1) = HMAC(PRK, info || 0x01)} is the whole expansion.
 */
final class Hkdf {
    /** HKDF with SHA-512. */
    static final Hkdf SHA512 = new Hkdf("HmacSHA512", 64);

    private static final byte[] COUNTER_ONE = {1};

    private final String algorithm;
    private final int hashBytes;
    private final EnginePool<Mac> macs;

    private Hkdf(String algorithm, int hashBytes) {
        this.algorithm = algorithm;
        this.hashBytes = hashBytes;
        this.macs = new EnginePool<>(() -> newMac(algorithm));
    }

    private static Mac newMac(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + algorithm, e);
        }
    }

    /** Returns a UTF-8 label as the bytes of an {@code info} parameter. */
    static byte[] label(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the pseudo-random key of this salt and input (RFC 5869 §2.2), to be closed by the caller. */
    Prk extract(byte[] salt, byte[] inputKey) {
        Mac mac = macs.take();
        RawKey saltKey = RawKey.copyOf(algorithm, salt);
        byte[] prk = new byte[hashBytes];
        try {
            mac.init(saltKey);
            prk = mac.doFinal(inputKey);
            return new Prk(mac, prk);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(algorithm + " does not take its key", e);
        } finally {
            saltKey.destroy();
            Arrays.fill(prk, (byte) 0);
        }
    }

    /** A pseudo-random key from which outputs are expanded; belongs to one thread. */
    final class Prk implements AutoCloseable {
        private final Mac mac;
        private final RawKey key;

        private Prk(Mac mac, byte[] prk) throws InvalidKeyException {
            this.mac = mac;
            this.key = RawKey.copyOf(algorithm, prk);
            mac.init(key);
        }

        /** Returns the output for this {@code info} (RFC 5869 §2.3). */
        byte[] expand(byte[] info, int length) {
            if (length > hashBytes) {
                throw new IllegalArgumentException(length + " bytes wanted; one block has " + hashBytes);
            }
            mac.update(info);
            byte[] block = mac.doFinal(COUNTER_ONE);
            byte[] output = Arrays.copyOf(block, length);
            Arrays.fill(block, (byte) 0);
            return output;
        }

        @Override
        public void close() {
            key.destroy();
            macs.give(mac);
        }
    }
}
