package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;

/** Encrypts to the public keys of others. */
final class ForeignKeys {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 4_096;

    private ForeignKeys() {}

    /**
     * Returns the plaintext encrypted to a public key; SM2 as {@code 04 || x || y || C3 || C2}.
     *
     * @throws InvalidRequestException with {@link ErrorCode#ENCRYPTION_ERROR} if that is no public key of the algorithm, or
     *     the plaintext is too long
     */
    static byte[] encrypt(byte[] publicKey, DecryptionAlgorithm algorithm, byte[] plaintext) {
        if (algorithm.equals(DecryptionAlgorithm.SM2)) {
            return Sm2.encrypt(publicKey, plaintext);
        }
        if (!RsaPrivateKey.DECRYPTIONS.contains(algorithm)) {
            throw refused("provider does not encrypt by " + algorithm);
        }
        try {
            return RsaPadding.of(algorithm)
                    .cipher(Cipher.ENCRYPT_MODE, rsaKey(publicKey))
                    .doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw refused(
                    "plaintext of " + plaintext.length + " bytes is too long for " + algorithm + " with this key");
        }
    }

    private static RSAPublicKey rsaKey(byte[] der) {
        try {
            if (KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)) instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= MIN_RSA_BITS
                    && key.getModulus().bitLength() <= MAX_RSA_BITS) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw refused("expected a public key of RSA");
        }
        throw refused("expected a public key of RSA with " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
    }

    static InvalidRequestException refused(String message) {
        return new InvalidRequestException(ErrorCode.ENCRYPTION_ERROR, message);
    }
}
