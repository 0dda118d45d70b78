package io.keycask.kms.core;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SignatureAlgorithm;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.io.pem.PemReader;

/** What others do with our public keys: the JDK and Bouncy Castle. */
final class ForeignPairs {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private ForeignPairs() {}

    static java.security.PublicKey parse(PublicKey key) throws GeneralSecurityException {
        String algorithm = key.toBytes().length > 200 ? "RSA" : "EC";
        return KeyFactory.getInstance(algorithm, BOUNCY_CASTLE).generatePublic(new X509EncodedKeySpec(key.toBytes()));
    }

    static byte[] parsePem(String pem) {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            return reader.readPemObject().getContent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean verifiesInTheJdk(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        String kind = algorithm.name().startsWith("RSA") ? "RSA" : "EC";
        java.security.PublicKey publicKey =
                KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(key.toBytes()));
        return verifies(Signature.getInstance(jdkName(algorithm)), algorithm, publicKey, message, signature);
    }

    static boolean verifiesInBouncyCastle(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(jdkName(algorithm), BOUNCY_CASTLE);
        return verifies(verifier, algorithm, parse(key), message, signature);
    }

    private static String jdkName(SignatureAlgorithm algorithm) {
        return switch (algorithm.name()) {
            case "RSA_PSS_SHA_256" -> "RSASSA-PSS";
            case "RSA_PKCS1_SHA_256" -> "SHA256withRSA";
            case "ECC_P256_R1" -> "SHA256withECDSA";
            case "ECC_P384_R1" -> "SHA384withECDSA";
            default -> "SM3withSM2";
        };
    }

    private static boolean verifies(
            Signature verifier,
            SignatureAlgorithm algorithm,
            java.security.PublicKey key,
            byte[] message,
            byte[] signature)
            throws GeneralSecurityException {
        Optional<PSSParameterSpec> pss = algorithm.equals(SignatureAlgorithm.RSA_PSS_SHA_256)
                ? Optional.of(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1))
                : Optional.empty();
        if (pss.isPresent()) {
            verifier.setParameter(pss.get());
        }
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    /** Returns the value e of GB/T 32918.2 for the default identity. */
    static byte[] sm2Digest(PublicKey key, byte[] message) {
        ECPublicKeyParameters parameters = sm2(key);
        ECPoint g = parameters.getParameters().getG().normalize();
        ECPoint q = parameters.getQ().normalize();
        SM3Digest sm3 = new SM3Digest();
        byte[] identity = {0, (byte) 128, '1', '2', '3', '4', '5', '6', '7', '8', '1', '2', '3', '4', '5', '6', '7', '8'
        };
        sm3.update(identity, 0, identity.length);
        for (byte[] part : new byte[][] {
            g.getCurve().getA().getEncoded(),
            g.getCurve().getB().getEncoded(),
            g.getAffineXCoord().getEncoded(),
            g.getAffineYCoord().getEncoded(),
            q.getAffineXCoord().getEncoded(),
            q.getAffineYCoord().getEncoded()
        }) {
            sm3.update(part, 0, part.length);
        }
        byte[] digest = new byte[32];
        sm3.doFinal(digest, 0);
        sm3.update(digest, 0, 32);
        sm3.update(message, 0, message.length);
        sm3.doFinal(digest, 0);
        return digest;
    }

    private static ECPublicKeyParameters sm2(PublicKey key) {
        try {
            return (ECPublicKeyParameters) PublicKeyFactory.createKey(key.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the plaintext encrypted to a public key, as callers send it. */
    static byte[] encrypt(DecryptionAlgorithm algorithm, PublicKey key, byte[] plaintext)
            throws GeneralSecurityException, CryptoException, IOException {
        if (!algorithm.equals(DecryptionAlgorithm.SM2)) {
            return rsa(algorithm, Cipher.ENCRYPT_MODE, parse(key)).doFinal(plaintext);
        }
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(sm2(key)));
        byte[] raw = engine.processBlock(plaintext, 0, plaintext.length);
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, 33))));
        parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 33, 65))));
        parts.add(new DEROctetString(Arrays.copyOfRange(raw, 65, 97)));
        parts.add(new DEROctetString(Arrays.copyOfRange(raw, 97, raw.length)));
        return new DERSequence(parts).getEncoded();
    }

    /** Returns an RSA cipher of Bouncy Castle with the padding of the algorithm. */
    static Cipher rsa(DecryptionAlgorithm algorithm, int mode, Key key) throws GeneralSecurityException {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", BOUNCY_CASTLE);
            cipher.init(mode, key);
            return cipher;
        }
        boolean sha1 = algorithm.equals(DecryptionAlgorithm.RSAES_OAEP_SHA_1);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", BOUNCY_CASTLE);
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
}
