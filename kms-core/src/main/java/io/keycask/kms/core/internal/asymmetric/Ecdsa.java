package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/**
 * ECDSA (FIPS 186-5 §6.4) over P-256 with SHA-256 or over P-384 with SHA-384: the digest is as long as the order.
 *
 * <p>Encoding and range are checked here. The JDK says quickly that a signature is valid; it refuses a few that are (with an
 * x-coordinate above the order), so a refusal is confirmed by the definition.
 */
record Ecdsa(CurveKey key) implements SignatureScheme {
    @Override
    public int digestBytes() {
        return key.curve().sizeBytes();
    }

    @Override
    public byte[] digest(byte[] message) {
        return SignatureScheme.jdkDigest(key.curve() == Curve.P256 ? "SHA-256" : "SHA-384")
                .digest(message);
    }

    @Override
    public byte[] encode(byte[] fromProvider) {
        return CurveSignature.ofProvider(fromProvider, key.curve()).toDer();
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
        return CurveSignature.parse(signature, key.curve())
                .filter(parsed -> isAcceptedByTheJdk(digest, parsed) || fulfilsTheDefinition(digest, parsed))
                .isPresent();
    }

    private boolean isAcceptedByTheJdk(byte[] digest, CurveSignature signature) {
        try {
            Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format");
            verifier.initVerify(jdkKey());
            verifier.update(digest);
            return verifier.verify(signature.toFixed(key.curve()));
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has ECDSA", e);
        }
    }

    private PublicKey jdkKey() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(key.curve() == Curve.P256 ? "secp256r1" : "secp384r1"));
        ECPoint point = new ECPoint(key.point().x(), key.point().y());
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    boolean fulfilsTheDefinition(byte[] digest, CurveSignature signature) {
        BigInteger n = key.curve().order();
        BigInteger inverse = signature.s().modInverse(n);
        BigInteger u = new BigInteger(1, digest).multiply(inverse).mod(n);
        BigInteger v = signature.r().multiply(inverse).mod(n);
        return key.curve()
                .xOfSum(u, v, key.point())
                .filter(x -> x.mod(n).equals(signature.r()))
                .isPresent();
    }
}
