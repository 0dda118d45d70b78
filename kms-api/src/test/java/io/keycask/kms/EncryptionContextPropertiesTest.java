package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random contexts against {@link ContextModel}. */
final class EncryptionContextPropertiesTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void toBytes_agreesWithTheModelAndIsParsedBack(long seed) {
        Map<String, String> pairs = randomPairs(random(seed));

        EncryptionContext context = EncryptionContext.copyOf(pairs);

        assertThat(context.toBytes()).isEqualTo(ContextModel.serialize(pairs));
        assertThat(EncryptionContext.parse(context.toBytes())).isEqualTo(context);
        assertThat(EncryptionContext.parse(context.toBytes()).pairs()).isEqualTo(pairs);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void copyOf_anyOrderOfThePairs_isTheSameContext(long seed) {
        RandomGenerator random = random(seed);
        List<Map.Entry<String, String>> pairs =
                new ArrayList<>(randomPairs(random).entrySet());
        EncryptionContext first = EncryptionContext.empty();
        for (Map.Entry<String, String> pair : pairs) {
            first = first.with(pair.getKey(), pair.getValue());
        }

        Collections.shuffle(pairs, new Random(seed));
        Map<String, String> shuffled = new LinkedHashMap<>();
        pairs.forEach(pair -> shuffled.put(pair.getKey(), pair.getValue()));

        assertThat(EncryptionContext.copyOf(shuffled)).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(EncryptionContext.copyOf(shuffled).toBytes()).isEqualTo(first.toBytes());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parse_damagedBytes_areRefusedOrCanonicalForAnotherContext(long seed) {
        RandomGenerator random = random(seed);
        byte[] bytes = EncryptionContext.copyOf(randomPairs(random)).toBytes();
        for (int i = 0; i < 50 && bytes.length > 0; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                EncryptionContext other = EncryptionContext.parse(damaged);
                assertThat(other.toBytes()).isEqualTo(damaged);
                assertThat(ContextModel.serialize(other.pairs())).isEqualTo(damaged);
            } catch (InvalidRequestException expected) {
                assertThat(expected.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_unpairedSurrogateAnywhere_isRefused(long seed) {
        RandomGenerator random = random(seed);
        StringBuilder text = new StringBuilder(randomText(random));
        // a lone low surrogate after a non-high, or a lone high one at the end, so that no pair arises
        boolean atStart = random.nextBoolean();
        text.insert(atStart ? 0 : text.length(), atStart ? '\udc00' : '\ud800');

        assertThatThrownBy(() -> EncryptionContext.of(text.toString(), "v"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> EncryptionContext.of("n", text.toString()))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Map<String, String> randomPairs(RandomGenerator random) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            pairs.put(randomText(random), randomText(random));
        }
        return pairs;
    }

    /** Characters of every length in UTF-8, and those around the surrogates, where UTF-16 and UTF-8 order differ. */
    private static String randomText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextInt(0x00, 0x80);
                        case 1 -> random.nextInt(0x80, 0x800);
                        case 2 -> random.nextInt(0x800, 0xd800);
                        case 3 -> random.nextInt(0xe000, 0x10000);
                        default -> random.nextInt(0x10000, 0x110000);
                    });
        }
        return text.toString();
    }
}
