package io.keycask.kms.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/** A keyed hash as {@link Hkdf} needs it. For one thread at a time. */
interface Prf {
    /** Begins an empty message under a key, which is not empty. */
    void start(byte[] key);

    void update(byte[] data);

    void update(byte data);

    /** Writes the tag and begins an empty message under the same key. */
    void finish(byte[] out, int offset);

    /** HMAC by the JDK. */
    final class Jdk implements Prf {
        private final Mac mac;

        Jdk(String algorithm) {
            try {
                this.mac = Mac.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the JDK has no " + algorithm, e);
            }
        }

        @Override
        public void start(byte[] key) {
            RawKey raw = RawKey.wrapUnsafe(mac.getAlgorithm(), key.clone());
            try {
                mac.init(raw);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException("the JDK's HMAC does not work", e);
            } finally {
                raw.destroy();
            }
        }

        @Override
        public void update(byte[] data) {
            mac.update(data);
        }

        @Override
        public void update(byte data) {
            mac.update(data);
        }

        @Override
        public void finish(byte[] out, int offset) {
            try {
                mac.doFinal(out, offset);
            } catch (ShortBufferException e) {
                throw new IndexOutOfBoundsException(e.getMessage());
            }
        }
    }

    /** HMAC-SM3. */
    final class OverSm3 implements Prf {
        private HmacSm3 hmac = HmacSm3.of(new byte[0]);

        @Override
        public void start(byte[] key) {
            hmac.close();
            hmac = HmacSm3.of(key);
        }

        @Override
        public void update(byte[] data) {
            hmac.update(data, 0, data.length);
        }

        @Override
        public void update(byte data) {
            hmac.update(data);
        }

        @Override
        public void finish(byte[] out, int offset) {
            hmac.mac(out, offset);
        }
    }
}
