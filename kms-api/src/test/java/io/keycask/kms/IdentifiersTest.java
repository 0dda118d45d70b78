package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link KeyId}, {@link KeyVersionId} and {@link KeySpec}. */
final class IdentifiersTest {
    private static final String ID = "00112233-4455-6677-8899-aabbccddeeff";

    @Test
    void keyId_textAndBack() {
        assertThat(KeyId.parse(ID)).hasToString(ID).isEqualTo(new KeyId(UUID.fromString(ID)));
        assertThat(KeyId.parse(ID.toUpperCase(Locale.ROOT))).hasToString(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00112233-4455-6677-8899-aabbccddeef",
                "00112233-4455-6677-8899-aabbccddeeff0",
                "00112233-4455-6677-8899-aabbccddeefg",
                "0011223-34455-6677-8899-aabbccddeeff",
                "0-0-0-0-0000000000000000000000000000",
                "00112233445566778899aabbccddeeff0000"
            })
    void keyId_otherTexts_areRefused(String text) {
        assertThatThrownBy(() -> KeyId.parse(text))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY_ID));
    }

    @Test
    void keyId_orderIsThatOfTheText() {
        KeyId low = KeyId.parse("7fffffff-0000-0000-0000-000000000000");
        KeyId high = KeyId.parse("80000000-0000-0000-0000-000000000000");

        assertThat(low).isLessThan(high);
        assertThat(high).isGreaterThan(low).isEqualByComparingTo(new KeyId(high.value()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x0123456789abcdefL})
    void keyVersionId_textAndBack(long value) {
        KeyVersionId id = new KeyVersionId(value);

        assertThat(id.toString()).matches("[0-9a-f]{16}");
        assertThat(KeyVersionId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeg", "-123456789abcdef"})
    void keyVersionId_otherTexts_areRefused(String text) {
        assertThatThrownBy(() -> KeyVersionId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES_256", "A", "RSA_2048", "____", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"})
    void keySpec_nameAndBack(String name) {
        assertThat(KeySpec.of(name)).isEqualTo(KeySpec.of(name)).hasToString(name);
        assertThat(KeySpec.of(name).name()).isEqualTo(name);
    }

    @Test
    void keySpec_constantEqualsItsName() {
        assertThat(KeySpec.of("AES_256")).isEqualTo(KeySpec.AES_256).hasSameHashCodeAs(KeySpec.AES_256);
        assertThat(KeySpec.of("AES_128")).isNotEqualTo(KeySpec.AES_256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aes_256", "AES-256", "AES 256", "\u00c4", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456"})
    void keySpec_otherNames_areRefused(String name) {
        assertThatThrownBy(() -> KeySpec.of(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
