package io.keycask.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * One AES-GCM message (NIST SP 800-38D) by the JDK's provider, with its traps avoided.
 *
 * <ul>
 *   <li>A large message is encrypted in steps of 16 KiB. The provider's intrinsics take effect only when the methods
 *       around them are compiled, and a few large calls are too few calls for that: 1 MiB at a time runs at a hundredth of the
 *       speed until almost a gigabyte has passed. There is no such remedy for decryption, because the provider collects what
 *       it is given until the tag is verified.
 *   <li>One {@code Cipher} refuses to encrypt twice with the key and nonce that it used last. That depends on which object of
 *       the pool a call happens to get, so it protects nobody; a fresh object takes over.
 * </ul>
 */
final class JdkGcm {
    private static final int STEP_BYTES = 16 * 1024;
    private static final int TAG_BITS = 8 * AeadKey.TAG_BYTES;

    private JdkGcm() {}

    static int seal(
            CipherPool pool,
            SecretKey key,
            byte[] nonce,
            byte[] aad,
            byte[] in,
            int at,
            int length,
            byte[] out,
            int to) {
        if (Ranges.overlap(in, at, length, out, to, length + AeadKey.TAG_BYTES)) {
            byte[] copy = Ranges.copy(in, at, length);
            try {
                return seal(pool, key, nonce, aad, copy, 0, length, out, to);
            } finally {
                Arrays.fill(copy, (byte) 0);
            }
        }
        Cipher cipher = pool.take();
        try {
            cipher = initialize(pool, cipher, Cipher.ENCRYPT_MODE, key, nonce);
            cipher.updateAAD(aad);
            int done = 0;
            int written = 0;
            for (; length - done > STEP_BYTES; done += STEP_BYTES) {
                written += cipher.update(in, at + done, STEP_BYTES, out, to + written);
            }
            return written + cipher.doFinal(in, at + done, length - done, out, to + written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM does not work", e);
        } finally {
            pool.give(cipher);
        }
    }

    static int open(
            CipherPool pool, SecretKey key, byte[] nonce, byte[] aad, byte[] in, int at, int length, byte[] out, int to)
            throws AEADBadTagException {
        if (Ranges.overlap(in, at, length, out, to, length - AeadKey.TAG_BYTES)) {
            return open(pool, key, nonce, aad, Ranges.copy(in, at, length), 0, length, out, to);
        }
        Cipher cipher = pool.take();
        try {
            cipher = initialize(pool, cipher, Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(aad);
            return cipher.doFinal(in, at, length, out, to);
        } catch (AEADBadTagException e) {
            throw Ranges.notAuthentic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM does not work", e);
        } finally {
            pool.give(cipher);
        }
    }

    private static Cipher initialize(CipherPool pool, Cipher cipher, int mode, SecretKey key, byte[] nonce)
            throws GeneralSecurityException {
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_BITS, nonce);
        try {
            cipher.init(mode, key, parameters);
            return cipher;
        } catch (InvalidAlgorithmParameterException repeatedNonce) {
            Cipher fresh = pool.create();
            fresh.init(mode, key, parameters);
            return fresh;
        }
    }
}
