package io.keycask.kms.soft;

import static io.keycask.kms.soft.Samples.AAD;
import static io.keycask.kms.soft.Samples.PLAINTEXT;
import static io.keycask.kms.soft.Samples.VERSION;
import static io.keycask.kms.soft.Samples.newKey;
import static io.keycask.kms.soft.Samples.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.Sealed;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What only the software provider does; the rest is in the contract tests. */
final class SoftProviderTest {
    @Test
    void capabilities_ofSymmetricKeys_areAes256AndSm4EachWithOneSuiteAndImport() {
        try (SoftProvider provider = provider(0)) {
            assertThat(provider.capabilities())
                    .filteredOn(capability -> OfferedSpec.of(capability.spec()).isPresent())
                    .containsExactlyInAnyOrder(
                            Capability.encrypt(KeySpec.AES_256, CiphertextSuite.XAES_256_GCM),
                            Capability.importing(KeySpec.AES_256),
                            Capability.encrypt(KeySpec.SM4, CiphertextSuite.SM4_GCM_HKDF_SM3),
                            Capability.importing(KeySpec.SM4));
        }
    }

    @Test
    void capabilities_ofKeyPairs_areAlgorithmsOfTheirKind() {
        try (SoftProvider provider = provider(0)) {
            assertThat(provider.capabilities())
                    .filteredOn(capability -> OfferedPair.of(capability.spec()).isPresent())
                    .extracting(capability -> capability.spec() + " " + capability.algorithm())
                    .hasSize(3 * 5 + 2 + 2)
                    .contains("RSA_4096 RSAES_OAEP_SHA_256", "RSA_3072 RSA_PSS_SHA_256")
                    .contains("EC_P256 ECC_P256_R1", "EC_P384 ECC_P384_R1", "SM2 SM2DSA", "SM2 SM2");
        }
    }

    @Test
    void name_isSoftUnlessSaidOtherwise() {
        try (SoftProvider provider = provider(0)) {
            assertThat(provider.name()).isEqualTo("soft");
            assertThat(provider.named("soft-eu").name()).isEqualTo("soft-eu");
            assertThat(provider.named("soft-eu").previously(Samples.rootKey(1)).name())
                    .isEqualTo("soft-eu");
        }
    }

    @Test
    void named_notAName_isRefused() {
        try (SoftProvider provider = provider(0)) {
            for (String name : new String[] {"", "Soft", "s oft", "x".repeat(33), "s\u00f6ft"}) {
                assertThatThrownBy(() -> provider.named(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void create_twice_makesNewMaterialEachTime() {
        try (SoftProvider provider = provider(0)) {
            KeyHandle first = newKey(provider);
            KeyHandle second = newKey(provider);
            Sealed sealed = provider.encrypt(first, PLAINTEXT, AAD);

            assertThatThrownBy(() -> provider.decrypt(second, sealed, AAD)).isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void token_doesNotHoldTheMaterial() {
        byte[] material = Samples.bytesFrom(7, 32);
        try (SoftProvider provider = provider(0)) {
            KeyHandle key = provider.importKey(KeySpec.AES_256, VERSION, SecretBytes.copyOf(material));

            String token = HexFormat.of().formatHex(key.token());
            for (int i = 0; i + 4 <= material.length; i++) {
                assertThat(token).doesNotContain(HexFormat.of().formatHex(material, i, i + 4));
            }
        }
    }

    @Test
    void isCurrent_afterClose_isAnIllegalState() {
        SoftProvider provider = provider(0);
        KeyHandle key = newKey(provider);
        byte[] state = provider.sealState("p", Samples.secret());
        provider.close();

        assertThatThrownBy(() -> provider.isCurrent(key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> provider.reseal(key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> provider.isCurrentState(state)).isInstanceOf(IllegalStateException.class);
    }
}
