package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usages, and the values that name algorithms and messages. */
final class KeyUsageTest {
    @ParameterizedTest
    @CsvSource({
        "ENCRYPT_DECRYPT, AES_256, ENCRYPT_DECRYPT",
        "ENCRYPT_DECRYPT, SM4, ENCRYPT_DECRYPT",
        "ASYMMETRIC_DECRYPT, RSA_2048, ASYMMETRIC_DECRYPT_RSA_2048",
        "ASYMMETRIC_DECRYPT_PKCS1, RSA_2048, ASYMMETRIC_DECRYPT_RSA_2048",
        "ASYMMETRIC_DECRYPT, SM2, ASYMMETRIC_DECRYPT_SM2",
        "ASYMMETRIC_SIGN_VERIFY, SM2, ASYMMETRIC_SIGN_VERIFY_SM2",
        "ASYMMETRIC_SIGN_VERIFY, EC_P256, ASYMMETRIC_SIGN_VERIFY_ECC",
        "ASYMMETRIC_SIGN_VERIFY, EC_P384, ASYMMETRIC_SIGN_VERIFY_ECDSA384",
        "ASYMMETRIC_SIGN_VERIFY, RSA_2048, ASYMMETRIC_SIGN_VERIFY_RSA_2048",
    })
    void documentedName_isThatOfTheCloud(KeyUsage usage, String spec, String expected) {
        assertThat(usage.documentedName(KeySpec.of(spec))).isEqualTo(expected);
    }

    @Test
    void value_fitsTheStoreAndIsItsName() {
        for (KeyUsage usage : KeyUsage.values()) {
            assertThat(usage.value()).isEqualTo(usage.name()).hasSizeLessThanOrEqualTo(32);
        }
    }

    @Test
    void newKey_ofEachUsage_namesItsHandle() {
        assertThat(NewKey.named("a").usage()).isEqualTo(KeyUsage.ENCRYPT_DECRYPT);
        assertThat(NewKey.signing("a", KeySpec.SM2).tag("k", "v").usage()).isEqualTo(KeyUsage.ASYMMETRIC_SIGN_VERIFY);
        assertThat(NewKey.signing("a", KeySpec.SM2).handle()).isEqualTo(SigningCmk.class);
        assertThat(NewKey.decryption("a", KeySpec.SM2).usage()).isEqualTo(KeyUsage.ASYMMETRIC_DECRYPT);
        assertThat(NewKey.decryptionWithPkcs1("a", KeySpec.RSA_4096).usage())
                .isEqualTo(KeyUsage.ASYMMETRIC_DECRYPT_PKCS1);
        assertThat(NewKey.decryption("a", KeySpec.RSA_4096).spec()).hasValue(KeySpec.RSA_4096);
        assertThat(NewKey.decryption("a", KeySpec.RSA_4096).handle()).isEqualTo(DecryptionCmk.class);
    }

    @Test
    void algorithms_areOpenLists() {
        assertThat(SignatureAlgorithm.of("ECC_P256_R1"))
                .isEqualTo(SignatureAlgorithm.ECC_P256_R1)
                .hasSameHashCodeAs(SignatureAlgorithm.ECC_P256_R1)
                .hasToString("ECC_P256_R1");
        assertThat(DecryptionAlgorithm.of("ML_KEM_768")).isNotEqualTo(DecryptionAlgorithm.SM2);
        for (String none : new String[] {"", "ecc", "A B", "A".repeat(33)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SignatureAlgorithm.of(none));
            assertThatIllegalArgumentException().isThrownBy(() -> DecryptionAlgorithm.of(none));
        }
    }

    @Test
    void messageToSign_copiesAndHidesItsBytes() {
        byte[] bytes = {1, 2, 3};
        MessageToSign raw = MessageToSign.raw(bytes);
        bytes[0] = 9;

        assertThat(raw.toBytes()).containsExactly(1, 2, 3);
        assertThat(raw).isEqualTo(MessageToSign.raw(raw.toBytes())).hasToString("MessageToSign[RAW, 3 bytes]");
        assertThat(raw).isNotEqualTo(MessageToSign.digest(raw.toBytes()));
        assertThat(MessageToSign.raw(new byte[MessageToSign.MAX_RAW_BYTES]).size())
                .isEqualTo(4_096);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> MessageToSign.raw(new byte[MessageToSign.MAX_RAW_BYTES + 1]));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> MessageToSign.digest(new byte[65]));
    }
}
