package io.keycask.kms.crypto;

import java.util.Objects;
import javax.crypto.AEADBadTagException;

/**
 * An AES-256-GCM key (NIST SP 800-38D) with nonces of 96 bits, over the JDK's implementation.
 *
 * <p>It is what {@link Xaes256Gcm#prefixKey} derives, and the fast way to many messages under one key: the ciphers that
 * it keeps hold the key schedule already. Under one key at most 2<sup>32</sup> messages may have random nonces.
 * Encryption takes messages of any size; for decryption the JDK collects the whole message before it begins,
 * and does so slowly above 64 KiB, so cut large data into frames.
 *
 * <p>Closing wipes the key, but not the copies inside the JDK's {@code Cipher} objects, which become garbage.
 */
public final class Aes256Gcm implements AeadKey {
    /** Length of a key in bytes. */
    public static final int KEY_BYTES = 32;

    /** Length of a nonce in bytes. */
    public static final int NONCE_BYTES = 12;

    private final RawKey key;
    private final CipherPool pool = CipherPool.GCM.child();

    private Aes256Gcm(RawKey key) {
        this.key = key;
    }

    /**
     * Returns a key object for 32 key bytes.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static Aes256Gcm of(byte[] key) {
        Ranges.checkKey(key, KEY_BYTES);
        return wrapUnsafe(key.clone());
    }

    /** Keeps the array, which is the caller's no longer. */
    static Aes256Gcm wrapUnsafe(byte[] key) {
        return new Aes256Gcm(RawKey.wrapUnsafe("AES", key));
    }

    @Override
    public int seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        check(nonce, aad);
        Ranges.checkSeal(in, inOffset, length, out, outOffset);
        return JdkGcm.seal(pool, key, nonce, aad, in, inOffset, length, out, outOffset);
    }

    @Override
    public int open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        check(nonce, aad);
        Ranges.checkOpen(in, inOffset, length, out, outOffset);
        return JdkGcm.open(pool, key, nonce, aad, in, inOffset, length, out, outOffset);
    }

    private void check(byte[] nonce, byte[] aad) {
        key.requireAlive();
        Ranges.checkNonce(nonce, NONCE_BYTES);
        Objects.requireNonNull(aad, "aad");
    }

    @Override
    public void close() {
        key.destroy();
        pool.close();
    }

    @Override
    public String toString() {
        return "Aes256Gcm";
    }
}
