package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2ParametersTest {
    private static final String SALT = "00112233445566778899aabbccddeeff".repeat(2);

    @Test
    void parse_whatWasSerialized_returnsIt() {
        Argon2Parameters parameters = Argon2Parameters.random(Argon2Parameters.STANDARD_COST);

        Argon2Parameters parsed = Argon2Parameters.parse(parameters.serialize()).orElseThrow();

        assertThat(parsed.cost()).isEqualTo(new Argon2Parameters.Cost(65_536, 3, 1));
        assertThat(parsed.salt()).isEqualTo(parameters.salt()).hasSize(32);
    }

    @Test
    void random_saltIsNeverTheSame() {
        assertThat(Argon2Parameters.random(Argon2Parameters.STANDARD_COST).salt())
                .isNotEqualTo(
                        Argon2Parameters.random(Argon2Parameters.STANDARD_COST).salt());
    }

    @Test
    void parse_anyDamage_isRefused() {
        Damage.of(Argon2Parameters.random(Argon2Parameters.STANDARD_COST).serialize())
                .forEach(damaged ->
                        assertThat(Argon2Parameters.parse(damaged).isPresent()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=8191 t=3 p=1",
                "m=1048577 t=3 p=1",
                "m=9999999 t=3 p=1",
                "m=99999999999 t=3 p=1",
                "m=065536 t=3 p=1",
                "m=65536 t=0 p=1",
                "m=65536 t=33 p=1",
                "m=65536 t=3 p=0",
                "m=65536 t=3 p=17",
                "m=65536 t=3  p=1",
                "m=-1 t=3 p=1"
            })
    void parse_costOutOfBoundsOrForm_isRefused(String cost) {
        String text = "keycask-root-key-passphrase 1\nargon2id " + cost + "\nsalt " + SALT + "\n";
        byte[] whole = CheckedText.withChecksum(text.getBytes(StandardCharsets.US_ASCII));

        assertThat(Argon2Parameters.parse(whole).isPresent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"8191,1,1", "1048577,1,1", "8192,0,1", "8192,33,1", "8192,1,0", "8192,1,17"})
    void cost_outOfBounds_isRefused(int memoryKib, int passes, int lanes) {
        assertThatThrownBy(() -> new Argon2Parameters.Cost(memoryKib, passes, lanes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
