package io.keycask.kms.pkcs11;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Template;
import io.keycask.kms.pkcs11.session.Mechanism;
import io.keycask.kms.pkcs11.session.Session;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The specs of key pairs, with what PKCS#11 calls them and how their public keys are read. */
@SuppressWarnings("ImmutableEnumChecker") // a KeySpec is immutable; kms-api has no annotation that would say so
enum PairSpec {
    RSA_2048(KeySpec.RSA_2048, 2_048),
    RSA_3072(KeySpec.RSA_3072, 3_072),
    RSA_4096(KeySpec.RSA_4096, 4_096),
    EC_P256(KeySpec.EC_P256, "06082a8648ce3d030107", "secp256r1", 32, SignatureAlgorithm.ECC_P256_R1),
    EC_P384(KeySpec.EC_P384, "06052b81040022", "secp384r1", 48, SignatureAlgorithm.ECC_P384_R1);

    private static final byte[] EXPONENT = {1, 0, 1};
    private static final int MAX_ATTRIBUTE_BYTES = 1_024;
    private static final byte UNCOMPRESSED = 4;
    private static final int SHA256_BYTES = 32;
    private static final int SHA384_BYTES = 48;
    private static final byte[] SHA256_DIGEST_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private final KeySpec spec;
    private final int modulusBits;
    private final String curveOid;
    private final String curveName;
    private final int fieldBytes;
    private final Optional<SignatureAlgorithm> curveAlgorithm;

    PairSpec(KeySpec spec, int modulusBits) {
        this.spec = spec;
        this.modulusBits = modulusBits;
        this.curveOid = "";
        this.curveName = "";
        this.fieldBytes = 0;
        this.curveAlgorithm = Optional.empty();
    }

    PairSpec(KeySpec spec, String curveOid, String curveName, int fieldBytes, SignatureAlgorithm algorithm) {
        this.spec = spec;
        this.modulusBits = 0;
        this.curveOid = curveOid;
        this.curveName = curveName;
        this.fieldBytes = fieldBytes;
        this.curveAlgorithm = Optional.of(algorithm);
    }

    static Optional<PairSpec> of(KeySpec spec) {
        return Arrays.stream(values()).filter(pair -> pair.spec.equals(spec)).findFirst();
    }

    KeySpec spec() {
        return spec;
    }

    boolean isRsa() {
        return modulusBits > 0;
    }

    /** Returns the signature algorithm of keys on this curve. */
    Optional<SignatureAlgorithm> curveAlgorithm() {
        return curveAlgorithm;
    }

    long keyType() {
        return isRsa() ? Cka.CKK_RSA : Cka.CKK_EC;
    }

    Mechanism generation() {
        return Mechanism.of(isRsa() ? Cka.CKM_RSA_PKCS_KEY_PAIR_GEN : Cka.CKM_EC_KEY_PAIR_GEN);
    }

    /** Returns the template of the public key with what decides the size of the pair. */
    Template sized(Template publicTemplate) {
        return isRsa()
                ? publicTemplate.with(Cka.MODULUS_BITS, (long) modulusBits).with(Cka.PUBLIC_EXPONENT, EXPONENT)
                : publicTemplate.with(Cka.EC_PARAMS, HexFormat.of().parseHex(curveOid));
    }

    int signatureBytes() {
        return isRsa() ? modulusBits / Byte.SIZE : 2 * fieldBytes;
    }

    int modulusBytes() {
        return modulusBits / Byte.SIZE;
    }

    /** Returns how this algorithm signs a digest. */
    static Mechanism mechanism(SignatureAlgorithm algorithm) {
        if (algorithm.equals(SignatureAlgorithm.RSA_PSS_SHA_256)) {
            return Mechanism.pssSha256();
        }
        return Mechanism.of(algorithm.equals(SignatureAlgorithm.RSA_PKCS1_SHA_256) ? Cka.CKM_RSA_PKCS : Cka.CKM_ECDSA);
    }

    /** Returns how long the digest is that this algorithm signs. */
    static int digestBytes(SignatureAlgorithm algorithm) {
        return algorithm.equals(SignatureAlgorithm.ECC_P384_R1) ? SHA384_BYTES : SHA256_BYTES;
    }

    /** Returns what the mechanism signs: CKM_RSA_PKCS pads a DigestInfo (RFC 8017 §9.2), the others take the digest. */
    static byte[] input(SignatureAlgorithm algorithm, byte[] digest) {
        if (!algorithm.equals(SignatureAlgorithm.RSA_PKCS1_SHA_256)) {
            return digest;
        }
        byte[] info = Arrays.copyOf(SHA256_DIGEST_INFO, SHA256_DIGEST_INFO.length + digest.length);
        System.arraycopy(digest, 0, info, SHA256_DIGEST_INFO.length, digest.length);
        return info;
    }

    /** Returns how this algorithm decrypts. */
    static Mechanism mechanism(DecryptionAlgorithm algorithm) {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)) {
            return Mechanism.of(Cka.CKM_RSA_PKCS);
        }
        return algorithm.equals(DecryptionAlgorithm.RSAES_OAEP_SHA_1) ? Mechanism.oaepSha1() : Mechanism.oaepSha256();
    }

    /** Returns the public key as DER SubjectPublicKeyInfo. */
    byte[] publicKey(Session session, long object) {
        try {
            if (isRsa()) {
                BigInteger modulus = new BigInteger(1, session.attribute(object, Cka.MODULUS, MAX_ATTRIBUTE_BYTES));
                BigInteger exponent =
                        new BigInteger(1, session.attribute(object, Cka.PUBLIC_EXPONENT, MAX_ATTRIBUTE_BYTES));
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                        .getEncoded();
            }
            byte[] point = point(session.attribute(object, Cka.EC_POINT, MAX_ATTRIBUTE_BYTES));
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curveName));
            ECPoint coordinates = new ECPoint(
                    new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + fieldBytes)),
                    new BigInteger(1, Arrays.copyOfRange(point, 1 + fieldBytes, 1 + 2 * fieldBytes)));
            ECPublicKeySpec key = new ECPublicKeySpec(coordinates, parameters.getParameterSpec(ECParameterSpec.class));
            return KeyFactory.getInstance("EC").generatePublic(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the token gave a public key that is none", e);
        }
    }

    /** Returns the uncompressed point; PKCS#11 wants it inside a DER OCTET STRING, and some tokens give it bare. */
    private byte[] point(byte[] value) {
        int bare = 1 + 2 * fieldBytes;
        int start = value.length - bare;
        if ((start != 0 && start != 2) || value[start] != UNCOMPRESSED) {
            throw ProviderException.permanent("the token gave an elliptic-curve point in an unknown form", null);
        }
        return Arrays.copyOfRange(value, start, value.length);
    }
}
