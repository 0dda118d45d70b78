package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.soft.Vectors.Frozen;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.IndependentPairs;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the token of a key pair looks like, for ever; and every spec at work without the making of its pair. */
final class FrozenPairsTest {
    private static final byte[] MESSAGE = "signed for ever".getBytes(StandardCharsets.US_ASCII);
    private static final List<SignatureAlgorithm> SIGNATURES = List.of(
            SignatureAlgorithm.RSA_PSS_SHA_256,
            SignatureAlgorithm.RSA_PKCS1_SHA_256,
            SignatureAlgorithm.ECC_P256_R1,
            SignatureAlgorithm.ECC_P384_R1,
            SignatureAlgorithm.SM2DSA);

    static Stream<Frozen> vectors() {
        return Vectors.objects("pairs-1.json").stream();
    }

    static Stream<Frozen> valid() {
        return vectors().filter(Frozen::isValid);
    }

    static Stream<Frozen> invalid() {
        return vectors().filter(vector -> !vector.isValid());
    }

    static Stream<Frozen> encrypted() {
        return valid().filter(vector -> !vector.text("algorithm").isEmpty());
    }

    @Test
    void file_isComplete() {
        assertThat(valid().map(vector -> vector.text("spec")).distinct())
                .containsExactly("RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P384", "SM2");
        assertThat(encrypted()).hasSize(5);
        assertThat(invalid()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void signature_ofEveryAlgorithm_verifiesElsewhere(Frozen vector) throws Exception {
        try (SoftProvider provider = provider(vector)) {
            KeyHandle key = handle(vector);
            assertThat(provider.publicKey(key)).isEqualTo(vector.hex("publicKey"));
            for (SignatureAlgorithm algorithm : SIGNATURES) {
                if (provider.capabilities().contains(Capability.sign(key.spec(), algorithm))) {
                    String name = algorithm.equals(SignatureAlgorithm.ECC_P384_R1) ? "SHA-384" : "SHA-256";
                    byte[] digest = MessageDigest.getInstance(name).digest(MESSAGE);
                    byte[] signed = algorithm.equals(SignatureAlgorithm.SM2DSA) ? digest : MESSAGE;

                    byte[] signature = provider.sign(key, algorithm, digest);

                    assertThat(IndependentPairs.verify(algorithm, vector.hex("publicKey"), signed, signature))
                            .as(algorithm.name())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encrypted")
    void ciphertext_opensAsItAlwaysDid(Frozen vector) {
        try (SoftProvider provider = provider(vector);
                SecretBytes plaintext = decrypt(provider, vector)) {
            assertThat(plaintext.copy()).isEqualTo(vector.hex("plaintext"));
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void sealedMaterialThatIsNoPair_isDamage(Frozen vector) {
        try (SoftProvider provider = provider(vector)) {
            assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> decrypt(provider, vector));
        }
    }

    private static SecretBytes decrypt(SoftProvider provider, Frozen vector) {
        return provider.decryptWithPair(
                handle(vector), DecryptionAlgorithm.of(vector.text("algorithm")), vector.hex("ciphertext"));
    }

    private static SoftProvider provider(Frozen vector) {
        return SoftProvider.sealedBy(RootKey.of(vector.hex("rootKey")));
    }

    private static KeyHandle handle(Frozen vector) {
        KeyVersionRef version =
                new KeyVersionRef(KeyId.parse(vector.text("keyId")), KeyVersionId.parse(vector.text("versionId")));
        return KeyHandle.of(KeySpec.of(vector.text("spec")), version, vector.hex("sealed"));
    }
}
