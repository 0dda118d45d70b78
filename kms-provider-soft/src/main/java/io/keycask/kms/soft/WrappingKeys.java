package io.keycask.kms.soft;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.WrappingAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** RSA key pairs that material is encrypted to on its way in, by the JDK. */
final class WrappingKeys {
    private static final int MODULUS_BITS = 2_048;
    private static final int WRAPPED_BYTES = MODULUS_BITS / Byte.SIZE;
    private static final String HMAC = "HmacSHA256";

    private WrappingKeys() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(MODULUS_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no RSA", e);
        }
    }

    /**
     * Returns the material, which the caller has to wipe.
     *
     * @param privateKey PKCS #8
     * @param materialBytes the length that the material has to have
     */
    static byte[] unwrap(byte[] privateKey, WrappingAlgorithm algorithm, byte[] wrapped, int materialBytes) {
        if (wrapped.length != WRAPPED_BYTES) {
            throw refused();
        }
        byte[] material;
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            material = decryptor(algorithm, key).doFinal(wrapped);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw refused(); // without the cause, which says more than one thing
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
        if (material.length != materialBytes) {
            Arrays.fill(material, (byte) 0);
            throw refused();
        }
        return material;
    }

    private static Cipher decryptor(WrappingAlgorithm algorithm, PrivateKey key) throws GeneralSecurityException {
        if (algorithm == WrappingAlgorithm.RSAES_PKCS1_V1_5) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return cipher;
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, oaep(algorithm));
        return cipher;
    }

    /** The JDK's own names for OAEP with SHA-256 leave SHA-1 in MGF1, so the parameters are spelled out. */
    private static OAEPParameterSpec oaep(WrappingAlgorithm algorithm) {
        return algorithm == WrappingAlgorithm.RSAES_OAEP_SHA_256
                ? new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)
                : new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
    }

    /** Returns what the material is recognized by. */
    static byte[] recognition(byte[] material, SecretBytes recognitionKey) {
        return recognitionKey.<byte[], RuntimeException>use(key -> {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(key, HMAC));
                return mac.doFinal(material);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime has no " + HMAC, e);
            }
        });
    }

    private static InvalidRequestException refused() {
        return new InvalidRequestException(
                ErrorCode.DECRYPT_MATERIAL_ERROR,
                "cannot decrypt the material: it was encrypted to another key or in another way, or has another length");
    }
}
