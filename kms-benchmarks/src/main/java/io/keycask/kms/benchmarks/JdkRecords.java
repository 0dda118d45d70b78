package io.keycask.kms.benchmarks;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.bouncycastle.crypto.engines.AESEngine;

/** Nonce, ciphertext and tag by one JDK cipher per thread that is used again and again: the floor, not an alternative. */
final class JdkRecords implements Envelope {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(JdkRecords::newCipher);

    JdkRecords() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        key = generator.generateKey();
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-GCM", e);
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] record = new byte[NONCE_BYTES + plaintext.length + TAG_BYTES];
        System.arraycopy(nonce, 0, record, 0, NONCE_BYTES);
        init(Cipher.ENCRYPT_MODE, nonce).doFinal(plaintext, 0, plaintext.length, record, NONCE_BYTES);
        return record;
    }

    @Override
    public byte[] decrypt(byte[] record) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(record, 0, nonce, 0, NONCE_BYTES);
        byte[] plaintext = new byte[record.length - NONCE_BYTES - TAG_BYTES];
        init(Cipher.DECRYPT_MODE, nonce).doFinal(record, NONCE_BYTES, record.length - NONCE_BYTES, plaintext, 0);
        return plaintext;
    }

    private Cipher init(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(KeycaskRecords.PLACE);
        return cipher;
    }

    @Override
    public byte[] readElsewhere(byte[] record) throws GeneralSecurityException {
        byte[] plaintext = new byte[record.length - NONCE_BYTES - TAG_BYTES];
        new BouncyCastleAead(AESEngine.newInstance(), key.getEncoded())
                .open(
                        Arrays.copyOf(record, NONCE_BYTES),
                        KeycaskRecords.PLACE,
                        record,
                        NONCE_BYTES,
                        record.length - NONCE_BYTES,
                        plaintext,
                        0);
        return plaintext;
    }

    @Override
    public void close() {
        ciphers.remove();
    }
}
