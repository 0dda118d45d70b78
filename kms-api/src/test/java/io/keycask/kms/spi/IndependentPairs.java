package io.keycask.kms.spi;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.math.ec.ECPoint;

/** What others do with the public keys of a provider: the JDK for RSA and EC, Bouncy Castle for SM2. */
public final class IndependentPairs {
    private static final X9ECParameters SM2 = GMNamedCurves.getByName("sm2p256v1");

    private IndependentPairs() {}

    /** Returns whether this is the signature of the message, or for SM2 of the message as the value e. */
    public static boolean verify(SignatureAlgorithm algorithm, byte[] spki, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        if (algorithm.equals(SignatureAlgorithm.SM2DSA)) {
            return verifySm2(spki, message, signature);
        }
        boolean rsa = algorithm.name().startsWith("RSA");
        Signature verifier = Signature.getInstance(
                switch (algorithm.name()) {
                    case "RSA_PSS_SHA_256" -> "RSASSA-PSS";
                    case "RSA_PKCS1_SHA_256" -> "SHA256withRSA";
                    case "ECC_P256_R1" -> "SHA256withECDSAinP1363Format";
                    default -> "SHA384withECDSAinP1363Format";
                });
        if (algorithm.equals(SignatureAlgorithm.RSA_PSS_SHA_256)) {
            verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        verifier.initVerify(key(rsa ? "RSA" : "EC", spki));
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static boolean verifySm2(byte[] spki, byte[] e, byte[] signature) {
        BigInteger n = SM2.getN();
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        ECPoint sum = SM2.getG()
                .multiply(s)
                .add(point(spki).multiply(r.add(s).mod(n)))
                .normalize();
        BigInteger x = sum.getAffineXCoord().toBigInteger();
        return signature.length == 64 && new BigInteger(1, e).add(x).mod(n).equals(r);
    }

    /** Returns the plaintext encrypted to a public key; SM2 as {@code 04 || x || y || C3 || C2}. */
    public static byte[] encrypt(DecryptionAlgorithm algorithm, byte[] spki, byte[] plaintext)
            throws GeneralSecurityException, CryptoException {
        if (!algorithm.equals(DecryptionAlgorithm.SM2)) {
            return rsa(algorithm, Cipher.ENCRYPT_MODE, key("RSA", spki)).doFinal(plaintext);
        }
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        ECDomainParameters domain = new ECDomainParameters(SM2.getCurve(), SM2.getG(), SM2.getN(), SM2.getH());
        engine.init(true, new ParametersWithRandom(new ECPublicKeyParameters(point(spki), domain)));
        return engine.processBlock(plaintext, 0, plaintext.length);
    }

    /** Returns an RSA cipher with the padding of the algorithm. */
    public static Cipher rsa(DecryptionAlgorithm algorithm, int mode, Key key) throws GeneralSecurityException {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(mode, key);
            return cipher;
        }
        boolean sha1 = algorithm.equals(DecryptionAlgorithm.RSAES_OAEP_SHA_1);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                mode,
                key,
                new OAEPParameterSpec(
                        sha1 ? "SHA-1" : "SHA-256",
                        "MGF1",
                        sha1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256,
                        PSource.PSpecified.DEFAULT));
        return cipher;
    }

    private static PublicKey key(String algorithm, byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
    }

    private static ECPoint point(byte[] spki) {
        return SM2.getCurve().decodePoint(Arrays.copyOfRange(spki, spki.length - 65, spki.length));
    }
}
