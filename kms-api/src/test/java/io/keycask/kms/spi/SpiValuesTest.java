package io.keycask.kms.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link KeyHandle}, {@link Sealed}, {@link Capability}, {@link CiphertextSuite} and {@link Health}. */
final class SpiValuesTest {
    private static final KeyVersionRef VERSION = new KeyVersionRef(new KeyId(new UUID(1, 2)), new KeyVersionId(3));

    @Test
    void handle_copiesItsToken() {
        byte[] token = {1, 2};
        KeyHandle handle = KeyHandle.of(KeySpec.AES_256, VERSION, token);
        Arrays.fill(token, (byte) 0);
        Arrays.fill(handle.token(), (byte) 0);

        assertThat(handle.token()).containsExactly(1, 2);
    }

    @Test
    void handle_equalsByAllThreeParts() {
        KeyHandle handle = KeyHandle.of(KeySpec.AES_256, VERSION, new byte[] {1});

        assertThat(handle)
                .isEqualTo(KeyHandle.of(KeySpec.of("AES_256"), VERSION, new byte[] {1}))
                .hasSameHashCodeAs(KeyHandle.of(KeySpec.AES_256, VERSION, new byte[] {1}))
                .isNotEqualTo(KeyHandle.of(KeySpec.AES_256, VERSION, new byte[] {2}))
                .isNotEqualTo(KeyHandle.of(KeySpec.SM4, VERSION, new byte[] {1}))
                .isNotEqualTo(KeyHandle.of(
                        KeySpec.AES_256, new KeyVersionRef(VERSION.keyId(), new KeyVersionId(4)), new byte[] {1}));
    }

    @Test
    void handle_tokenHasALimit() {
        int limit = KeyHandle.MAX_TOKEN_BYTES;

        assertThat(KeyHandle.of(KeySpec.AES_256, VERSION, new byte[limit]).token())
                .hasSize(limit);
        assertThatThrownBy(() -> KeyHandle.of(KeySpec.AES_256, VERSION, new byte[limit + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handle_toStringNamesTheVersionAndNotTheToken() {
        assertThat(KeyHandle.of(KeySpec.AES_256, VERSION, new byte[] {77}))
                .hasToString("KeyHandle[00000000-0000-0001-0000-000000000002/0000000000000003, AES_256]");
    }

    @Test
    void sealed_checksItsLengths() {
        for (CiphertextSuite suite : CiphertextSuite.values()) {
            int nonce = suite.nonceBytes();
            int tag = suite.tagBytes();
            assertThat(Sealed.of(suite, new byte[nonce], new byte[tag]).suite()).isEqualTo(suite);
            assertThatThrownBy(() -> Sealed.of(suite, new byte[nonce - 1], new byte[tag]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Sealed.of(suite, new byte[nonce + 1], new byte[tag]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Sealed.of(suite, new byte[nonce], new byte[tag - 1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void sealed_copiesItsBytes() {
        byte[] nonce = new byte[12];
        byte[] ciphertext = new byte[20];
        Sealed sealed = Sealed.of(CiphertextSuite.AES_256_GCM, nonce, ciphertext);
        nonce[0] = 1;
        ciphertext[0] = 1;
        sealed.nonce()[1] = 1;
        sealed.ciphertextAndTag()[1] = 1;

        assertThat(sealed.nonce()).containsOnly(0);
        assertThat(sealed.ciphertextAndTag()).containsOnly(0);
        assertThat(sealed).hasToString("Sealed[AES_256_GCM, 20 bytes]");
    }

    /** The numbers stand in ciphertexts and never change. */
    @Test
    void suites_haveTheirNumbers() {
        assertThat(CiphertextSuite.XAES_256_GCM.id()).isEqualTo(1);
        assertThat(CiphertextSuite.AES_256_GCM.id()).isEqualTo(2);
        assertThat(CiphertextSuite.SM4_GCM_HKDF_SM3.id()).isEqualTo(3);
        assertThat(Arrays.stream(CiphertextSuite.values()).map(CiphertextSuite::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id >= 1 && id <= 255);
    }

    @Test
    void capability_andHealth_areValues() {
        assertThat(Capability.encrypt(KeySpec.AES_256, CiphertextSuite.AES_256_GCM))
                .isEqualTo(new Capability(KeySpec.of("AES_256"), "AES_256_GCM"));
        assertThat(Capability.importing(KeySpec.AES_256)).isEqualTo(new Capability(KeySpec.AES_256, "IMPORT"));
        assertThat(Health.up()).isEqualTo(new Health(true, ""));
        assertThat(Health.down("away")).isEqualTo(new Health(false, "away"));
    }
}
