package io.keycask.kms.spi;

import io.keycask.kms.WrappingAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** RSA encryption as Bouncy Castle does it: what the party that imports material has, and the test double of a device. */
public final class IndependentUnwrapping {
    private IndependentUnwrapping() {}

    /** Returns the material encrypted to the public key. */
    public static byte[] wrap(RSAPublicKey key, WrappingAlgorithm algorithm, byte[] material) {
        RSAKeyParameters parameters = new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
        try {
            return process(algorithm, true, parameters, material);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<byte[]> unwrap(KeyPair pair, WrappedMaterial wrapped) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        RSAPrivateCrtKeyParameters parameters = new RSAPrivateCrtKeyParameters(
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient());
        try {
            return Optional.of(process(wrapped.algorithm(), false, parameters, wrapped.bytes()));
        } catch (InvalidCipherTextException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] process(WrappingAlgorithm algorithm, boolean encrypts, CipherParameters key, byte[] input)
            throws InvalidCipherTextException {
        AsymmetricBlockCipher cipher = switch (algorithm) {
            case RSAES_OAEP_SHA_256 -> new OAEPEncoding(new RSABlindedEngine(), new SHA256Digest());
            case RSAES_OAEP_SHA_1 -> new OAEPEncoding(new RSABlindedEngine(), new SHA1Digest());
            case RSAES_PKCS1_V1_5 -> new PKCS1Encoding(new RSABlindedEngine());
        };
        cipher.init(encrypts, key);
        return cipher.processBlock(input, 0, input.length);
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
