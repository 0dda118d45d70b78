package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** SM2 private keys in Bouncy Castle: with {@link GivenDigest}, all of this module that does not load without it. */
final class Sm2BouncyCastle implements PrivateKeyUse {
    private static final ECNamedDomainParameters CURVE = ECNamedDomainParameters.lookup(GMObjectIdentifiers.sm2p256v1);
    private static final int POINT_BYTES = 65;
    private static final int HASH_BYTES = 32;
    /** The SubjectPublicKeyInfo of an SM2 key (GM/T 0010) up to its uncompressed point. */
    private static final String PUBLIC_KEY_PREFIX = "3059301306072a8648ce3d020106082a811ccf5501822d034200";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ECPrivateKeyParameters key;

    private Sm2BouncyCastle(ECPrivateKeyParameters key) {
        this.key = key;
    }

    static PairMaterial generate() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(CURVE, RANDOM));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            return PairMaterial.of(
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic())
                            .getEncoded(),
                    PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate())
                            .getEncoded());
        } catch (IOException e) {
            throw ProviderException.permanent("Bouncy Castle cannot encode an SM2 key pair", e);
        }
    }

    static Sm2BouncyCastle open(byte[] pkcs8) {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key
                    && key.getParameters() instanceof ECNamedDomainParameters named
                    && named.getName().equals(GMObjectIdentifiers.sm2p256v1)) {
                return new Sm2BouncyCastle(key);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw ProviderException.permanent("the sealed material is no SM2 private key", e);
        }
        throw ProviderException.permanent("the sealed material is no SM2 private key", null);
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] digest) {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new GivenDigest(digest));
        signer.init(true, new ParametersWithRandom(key, RANDOM));
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw ProviderException.permanent("Bouncy Castle cannot sign by " + algorithm, e);
        }
    }

    @Override
    public byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext) {
        if (ciphertext.length <= POINT_BYTES + HASH_BYTES) {
            throw new DecryptionException();
        }
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(false, key);
        try {
            return engine.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new DecryptionException(); // without its cause, which says more
        }
    }

    static byte[] encrypt(byte[] publicKey, byte[] plaintext) {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(parse(publicKey), RANDOM));
        try {
            return engine.processBlock(plaintext, 0, plaintext.length);
        } catch (InvalidCipherTextException e) {
            throw ProviderException.permanent("Bouncy Castle cannot encrypt by SM2", e);
        }
    }

    private static ECPublicKeyParameters parse(byte[] publicKey) {
        byte[] prefix = HexFormat.of().parseHex(PUBLIC_KEY_PREFIX);
        byte[] point = Arrays.copyOfRange(publicKey, Math.min(prefix.length, publicKey.length), publicKey.length);
        if (point.length != POINT_BYTES || !Arrays.equals(prefix, Arrays.copyOf(publicKey, prefix.length))) {
            throw ForeignKeys.refused("expected a public key of SM2");
        }
        try {
            return new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE);
        } catch (IllegalArgumentException e) {
            throw ForeignKeys.refused("expected a public key of SM2");
        }
    }
}
