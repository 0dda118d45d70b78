package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.SignatureAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** An algorithm of signatures together with the public key that verifies them. Immutable. */
sealed interface SignatureScheme permits RsaPss, RsaPkcs1, Ecdsa, Sm2Dsa {
    /** Returns the scheme of this algorithm and key, if the algorithm is one of keys of this kind. */
    static Optional<SignatureScheme> of(SignatureAlgorithm algorithm, PublicHalf key) {
        if (key instanceof RsaKey rsa) {
            return ofRsa(algorithm, rsa);
        }
        return key instanceof CurveKey point ? ofCurve(algorithm, point) : Optional.empty();
    }

    private static Optional<SignatureScheme> ofRsa(SignatureAlgorithm algorithm, RsaKey key) {
        if (algorithm.equals(SignatureAlgorithm.RSA_PSS_SHA_256)) {
            return Optional.of(new RsaPss(key));
        }
        return algorithm.equals(SignatureAlgorithm.RSA_PKCS1_SHA_256)
                ? Optional.of(new RsaPkcs1(key))
                : Optional.empty();
    }

    private static Optional<SignatureScheme> ofCurve(SignatureAlgorithm algorithm, CurveKey key) {
        if (key.curve() == Curve.SM2) {
            return algorithm.equals(SignatureAlgorithm.SM2DSA) ? Optional.of(new Sm2Dsa(key)) : Optional.empty();
        }
        SignatureAlgorithm only =
                key.curve() == Curve.P256 ? SignatureAlgorithm.ECC_P256_R1 : SignatureAlgorithm.ECC_P384_R1;
        return algorithm.equals(only) ? Optional.of(new Ecdsa(key)) : Optional.empty();
    }

    /** Returns the length of a digest. */
    int digestBytes();

    /** Returns the digest of a message, as the provider signs it. */
    byte[] digest(byte[] message);

    /** Returns the signature of a provider in the form that callers see. */
    byte[] encode(byte[] fromProvider);

    /** Returns whether this is a signature of the digest; it may be any bytes. */
    boolean verify(byte[] digest, byte[] signature);

    /** Returns a digest of the JDK. */
    static MessageDigest jdkDigest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
