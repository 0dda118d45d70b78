package io.keycask.kms.spi;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The suites once more, written down from their specifications with nothing but the JDK and, for SM4, Bouncy
 * Castle: the oracle of {@link KeyProviderContract}.
 */
final class IndependentCipher {
    private IndependentCipher() {}

    static byte[] open(byte[] key, Sealed sealed, byte[] aad) throws GeneralSecurityException {
        byte[] nonce = sealed.nonce();
        return switch (sealed.suite()) {
            case AES_256_GCM -> gcm(Cipher.DECRYPT_MODE, key, nonce, aad, sealed.ciphertextAndTag());
            case XAES_256_GCM ->
                gcm(Cipher.DECRYPT_MODE, xaesKey(key, nonce), tail(nonce), aad, sealed.ciphertextAndTag());
            case SM4_GCM_HKDF_SM3 -> IndependentSm4.crypt(false, key, nonce, aad, sealed.ciphertextAndTag());
        };
    }

    static Sealed seal(CiphertextSuite suite, byte[] key, byte[] nonce, byte[] aad, byte[] plaintext)
            throws GeneralSecurityException {
        byte[] ciphertext = switch (suite) {
            case AES_256_GCM -> gcm(Cipher.ENCRYPT_MODE, key, nonce, aad, plaintext);
            case XAES_256_GCM -> gcm(Cipher.ENCRYPT_MODE, xaesKey(key, nonce), tail(nonce), aad, plaintext);
            case SM4_GCM_HKDF_SM3 -> IndependentSm4.crypt(true, key, nonce, aad, plaintext);
        };
        return Sealed.of(suite, nonce, ciphertext);
    }

    /** C2SP XAES-256-GCM: SP 800-108 in counter mode over CMAC, here by the book. */
    private static byte[] xaesKey(byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        BigInteger l = new BigInteger(1, aes.doFinal(new byte[16]));
        BigInteger k1 = l.shiftLeft(1);
        if (k1.testBit(128)) {
            k1 = k1.clearBit(128).xor(BigInteger.valueOf(0x87));
        }
        byte[] derived = new byte[32];
        for (int counter = 1; counter <= 2; counter++) {
            byte[] message = new byte[16];
            message[1] = (byte) counter;
            message[2] = 'X';
            System.arraycopy(nonce, 0, message, 4, 12);
            byte[] masked = fixed(new BigInteger(1, message).xor(k1));
            System.arraycopy(aes.doFinal(masked), 0, derived, 16 * (counter - 1), 16);
        }
        return derived;
    }

    private static byte[] fixed(BigInteger block) {
        byte[] signed = block.toByteArray();
        byte[] bytes = new byte[16];
        int length = Math.min(16, signed.length);
        System.arraycopy(signed, signed.length - length, bytes, 16 - length, length);
        return bytes;
    }

    private static byte[] tail(byte[] nonce) {
        return Arrays.copyOfRange(nonce, 12, 24);
    }

    private static byte[] gcm(int mode, byte[] key, byte[] nonce, byte[] aad, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(input);
    }
}
