package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.spi.IndependentPairs;
import io.keycask.kms.spi.KeyHandle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract leaves out of the key pairs of the software provider. */
final class SoftPairsTest {
    private static final byte[] MESSAGE = "sign here".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"RSA_3072", "RSA_4096"})
    void createPair_ofTheLargeSpecs_makesOneThatSigns(String spec) throws Exception {
        try (SoftProvider provider = Samples.provider(0)) {
            KeyHandle key = provider.createPair(KeySpec.of(spec), KeyUsage.ASYMMETRIC_SIGN_VERIFY, Samples.VERSION);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);

            byte[] signature = provider.sign(key, SignatureAlgorithm.RSA_PSS_SHA_256, digest);

            assertThat(signature).hasSize(Integer.parseInt(spec.substring(4)) / 8);
            assertThat(IndependentPairs.verify(
                            SignatureAlgorithm.RSA_PSS_SHA_256, provider.publicKey(key), MESSAGE, signature))
                    .isTrue();
        }
    }

    @Test
    void token_doesNotHoldThePair() {
        try (SoftProvider provider = Samples.provider(0)) {
            KeyHandle key = provider.createPair(KeySpec.EC_P256, KeyUsage.ASYMMETRIC_SIGN_VERIFY, Samples.VERSION);
            byte[] publicKey = provider.publicKey(key);
            String token = HexFormat.of().formatHex(key.token());

            for (int i = 0; i + 4 <= publicKey.length; i++) {
                assertThat(token).doesNotContain(HexFormat.of().formatHex(publicKey, i, i + 4));
            }
        }
    }

    @Test
    void reseal_ofAPair_isTheSamePairUnderTheNewRootKey() {
        try (SoftProvider old = Samples.provider(0);
                SoftProvider both = Samples.provider(1).previously(Samples.rootKey(0));
                SoftProvider fresh = Samples.provider(1)) {
            KeyHandle key = old.createPair(KeySpec.SM2, KeyUsage.ASYMMETRIC_DECRYPT, Samples.VERSION);

            KeyHandle resealed = both.reseal(key);

            assertThat(both.isCurrent(key)).isFalse();
            assertThat(both.isCurrent(resealed)).isTrue();
            assertThat(fresh.publicKey(resealed)).isEqualTo(old.publicKey(key));
        }
    }

    @Test
    void unsealedPair_closed_letsGoOfThePrivateKey() {
        UnsealedPair pair = new UnsealedPair(new byte[1], new EcPrivateKey(JdkPairs.privateKey("EC", 256, ecPkcs8())));

        pair.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(pair::privateKey);
    }

    /** SOFT-11. */
    @Test
    void open_privateKeyOfAnotherSpec_isDamage() {
        byte[] p256 = ecPkcs8();

        for (OfferedPair other : OfferedPair.values()) {
            if (other != OfferedPair.EC_P256) {
                assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> other.open(p256));
            }
        }
    }

    private static byte[] ecPkcs8() {
        try (PairMaterial pair = JdkPairs.ec("secp256r1")) {
            return pair.pkcs8();
        }
    }
}
