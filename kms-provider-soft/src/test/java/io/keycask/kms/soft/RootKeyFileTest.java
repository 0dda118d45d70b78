package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RootKeyFileTest {
    private static final byte[] ROOT_KEY = Samples.bytesFrom(0, 32);

    @Test
    void serialize_isTextThatCanBePrinted() {
        assertThat(new String(RootKeyFile.serialize(ROOT_KEY), StandardCharsets.US_ASCII))
                .isEqualTo("""
                keycask-root-key 1
                key 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
                crc32 4b3714f9
                """);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parse_whatWasSerialized_returnsIt(long seed) {
        byte[] rootKey = new byte[32];
        new Random(seed).nextBytes(rootKey);

        assertThat(RootKeyFile.parse(RootKeyFile.serialize(rootKey))).hasValue(rootKey);
    }

    @Test
    void parse_anyDamage_isRefused() {
        Damage.of(RootKeyFile.serialize(ROOT_KEY))
                .forEach(damaged -> assertThat(RootKeyFile.parse(damaged)).isEmpty());
    }

    @Test
    void parse_otherTextsWithARightChecksum_areRefused() {
        String text = "keycask-root-key 1\nkey " + "0f".repeat(32) + "\n";
        for (String other : new String[] {
            text.replace("key 1", "key 2"),
            text.toUpperCase(Locale.ROOT),
            text.replace("0f", "0F"),
            text.replace("0f0f0f", "0g0f0f"),
            text.replace("\n", "\r\n"),
            text.substring(0, text.length() - 3) + "\n",
            text + "\n",
            ""
        }) {
            byte[] whole = CheckedText.withChecksum(other.getBytes(StandardCharsets.US_ASCII));
            assertThat(RootKeyFile.parse(whole)).as(other).isEmpty();
        }
    }
}
