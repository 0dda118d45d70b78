package io.keycask.kms.benchmarks;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A {@link Cipher} of one provider that is used again and again, each message in one call. */
final class JcaAead implements KeyedAead {
    private final Cipher cipher;
    private final SecretKey key;

    /** {@code algorithm} is {@code AES} or {@code SM4}. */
    JcaAead(Provider provider, String algorithm, byte[] key) throws GeneralSecurityException {
        this.cipher = Cipher.getInstance(algorithm + "/GCM/NoPadding", provider);
        this.key = new SecretKeySpec(key, algorithm);
    }

    @Override
    public void seal(byte[] nonce, byte[] plaintext, byte[] sealed) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
        cipher.doFinal(plaintext, 0, plaintext.length, sealed, 0);
    }

    @Override
    public void open(byte[] nonce, byte[] sealed, byte[] plaintext) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
        cipher.doFinal(sealed, 0, sealed.length, plaintext, 0);
    }
}
