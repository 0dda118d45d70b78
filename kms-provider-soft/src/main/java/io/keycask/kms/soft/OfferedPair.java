package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.spi.Capability;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The specs of key pair that the software provider offers, each with its algorithms. */
@SuppressWarnings("ImmutableEnumChecker") // a KeySpec is immutable and the sets are unmodifiable
enum OfferedPair {
    RSA_2048(KeySpec.RSA_2048, RsaPrivateKey.SIGNATURES, RsaPrivateKey.DECRYPTIONS),
    RSA_3072(KeySpec.RSA_3072, RsaPrivateKey.SIGNATURES, RsaPrivateKey.DECRYPTIONS),
    RSA_4096(KeySpec.RSA_4096, RsaPrivateKey.SIGNATURES, RsaPrivateKey.DECRYPTIONS),
    EC_P256(KeySpec.EC_P256, Set.of(SignatureAlgorithm.ECC_P256_R1), Set.of()),
    EC_P384(KeySpec.EC_P384, Set.of(SignatureAlgorithm.ECC_P384_R1), Set.of()),
    SM2(KeySpec.SM2, Set.of(SignatureAlgorithm.SM2DSA), Set.of(DecryptionAlgorithm.SM2));

    private final KeySpec spec;
    private final Set<SignatureAlgorithm> signatures;
    private final Set<DecryptionAlgorithm> decryptions;

    OfferedPair(KeySpec spec, Set<SignatureAlgorithm> signatures, Set<DecryptionAlgorithm> decryptions) {
        this.spec = spec;
        this.signatures = signatures;
        this.decryptions = decryptions;
    }

    /** Returns the offer for key pairs of this spec, if there is one. */
    static Optional<OfferedPair> of(KeySpec spec) {
        return Arrays.stream(values()).filter(offer -> offer.spec.equals(spec)).findFirst();
    }

    /** Returns what the provider can do with key pairs of these specs. */
    static Set<Capability> capabilities() {
        return Arrays.stream(values())
                .flatMap(offer -> Stream.concat(
                        offer.signatures.stream().map(algorithm -> Capability.sign(offer.spec, algorithm)),
                        offer.decryptions.stream().map(algorithm -> Capability.decrypt(offer.spec, algorithm))))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean signs(SignatureAlgorithm algorithm) {
        return signatures.contains(algorithm);
    }

    boolean decrypts(DecryptionAlgorithm algorithm) {
        return decryptions.contains(algorithm);
    }

    /** Returns whether a pair of this spec can be made for the usage. */
    boolean serves(KeyUsage usage) {
        return switch (usage) {
            case ENCRYPT_DECRYPT -> false;
            case ASYMMETRIC_DECRYPT -> !decryptions.isEmpty();
            case ASYMMETRIC_DECRYPT_PKCS1 -> decrypts(DecryptionAlgorithm.RSAES_PKCS1_V1_5);
            case ASYMMETRIC_SIGN_VERIFY -> !signatures.isEmpty();
        };
    }

    /** Makes a new pair. */
    PairMaterial generate() {
        return switch (this) {
            case RSA_2048 -> JdkPairs.rsa(2_048);
            case RSA_3072 -> JdkPairs.rsa(3_072);
            case RSA_4096 -> JdkPairs.rsa(4_096);
            case EC_P256 -> JdkPairs.ec("secp256r1");
            case EC_P384 -> JdkPairs.ec("secp384r1");
            case SM2 -> Sm2.generate();
        };
    }

    /** Returns what can be done with a private key of this spec, whose PKCS #8 encoding this is. */
    PrivateKeyUse open(byte[] pkcs8) {
        return switch (this) {
            case RSA_2048 -> new RsaPrivateKey(JdkPairs.privateKey("RSA", 2_048, pkcs8));
            case RSA_3072 -> new RsaPrivateKey(JdkPairs.privateKey("RSA", 3_072, pkcs8));
            case RSA_4096 -> new RsaPrivateKey(JdkPairs.privateKey("RSA", 4_096, pkcs8));
            case EC_P256 -> new EcPrivateKey(JdkPairs.privateKey("EC", 256, pkcs8));
            case EC_P384 -> new EcPrivateKey(JdkPairs.privateKey("EC", 384, pkcs8));
            case SM2 -> Sm2.open(pkcs8);
        };
    }
}
