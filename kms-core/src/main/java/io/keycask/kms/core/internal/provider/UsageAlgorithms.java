package io.keycask.kms.core.internal.provider;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import java.util.Arrays;
import java.util.stream.Stream;

/** The algorithms that the engine knows for each usage of a key. */
final class UsageAlgorithms {
    private UsageAlgorithms() {}

    /** Returns the capabilities that a key of this usage can make use of. */
    static Stream<Capability> all(KeyUsage usage, KeySpec spec) {
        return usage == KeyUsage.ASYMMETRIC_DECRYPT_PKCS1
                ? Stream.concat(of(usage, spec), of(KeyUsage.ASYMMETRIC_DECRYPT, spec))
                : of(usage, spec);
    }

    /** Returns the capabilities of which a provider needs one at least, so that a key of this usage can be used. */
    static Stream<Capability> of(KeyUsage usage, KeySpec spec) {
        return switch (usage) {
            case ENCRYPT_DECRYPT ->
                Arrays.stream(CiphertextSuite.values()).map(suite -> Capability.encrypt(spec, suite));
            case ASYMMETRIC_DECRYPT ->
                Stream.of(
                                DecryptionAlgorithm.RSAES_OAEP_SHA_256,
                                DecryptionAlgorithm.RSAES_OAEP_SHA_1,
                                DecryptionAlgorithm.SM2)
                        .map(algorithm -> Capability.decrypt(spec, algorithm));
            case ASYMMETRIC_DECRYPT_PKCS1 -> Stream.of(Capability.decrypt(spec, DecryptionAlgorithm.RSAES_PKCS1_V1_5));
            case ASYMMETRIC_SIGN_VERIFY ->
                Stream.of(
                                SignatureAlgorithm.RSA_PSS_SHA_256,
                                SignatureAlgorithm.RSA_PKCS1_SHA_256,
                                SignatureAlgorithm.ECC_P256_R1,
                                SignatureAlgorithm.ECC_P384_R1,
                                SignatureAlgorithm.SM2DSA)
                        .map(algorithm -> Capability.sign(spec, algorithm));
        };
    }
}
