package io.keycask.kms.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditBodyTest {
    private static final AuditEvent EVENT = new AuditEvent(
            new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
            Instant.ofEpochMilli(1_793_534_400_123L),
            "Encrypt",
            false,
            "root",
            new KeyId(new UUID(1, 2)),
            "",
            Map.of("version", "00000000000000ff", "plaintextBytes", "4096"));

    private static final AuditEvent FULL = new AuditEvent(
            2,
            new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
            Instant.ofEpochMilli(1_793_534_400_123L),
            "CreateKey",
            true,
            new AuditActor(
                    "alice", Caller.Kind.ACCOUNT, Optional.of("AK1"), Optional.of("192.0.2.7"), Optional.of("r-1")),
            new AuditResource("group", "team"),
            "local",
            "UnauthorizedOperation",
            Map.of("b", "2", "a", "1"));

    @Test
    void encode_knownEvent_isTheTextOfTheSpecification() {
        assertThat(text(EVENT))
                .isEqualTo("{\"action\":\"Read\",\"caller\":\"root\",\"code\":\"\","
                        + "\"details\":{\"plaintextBytes\":\"4096\",\"version\":\"00000000000000ff\"},"
                        + "\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\","
                        + "\"key\":\"00000000-0000-0001-0000-000000000002\","
                        + "\"name\":\"Encrypt\",\"time\":1793534400123,\"v\":1}");
    }

    @Test
    void encode_charactersThatJsonEscapes_areEscapedInOneWay() {
        AuditEvent event = named("a\"b\\c\n\u0000\u001f/\u007f\u00e9\ud83d\ude00\ud800x\udc00");

        assertThat(text(event))
                .contains("\"name\":\"a\\\"b\\\\c\\u000a\\u0000\\u001f/\u007f\u00e9\ud83d\ude00\\ud800x\\udc00\"");
        assertThat(AuditBody.decode(AuditBody.encode(event))).isEqualTo(event);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decode_whateverWasEncoded_returnsIt(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, String> details = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            details.put(randomText(random), randomText(random));
        }
        AuditEvent event = new AuditEvent(
                new UUID(random.nextLong(), random.nextLong()),
                Instant.ofEpochMilli(random.nextLong(-1L << 40, 1L << 50)),
                randomText(random),
                random.nextBoolean(),
                randomText(random),
                random.nextBoolean() ? null : new KeyId(new UUID(random.nextLong(), random.nextLong())),
                randomText(random),
                Map.copyOf(details));

        assertThat(AuditBody.decode(AuditBody.encode(event))).isEqualTo(event);
    }

    @Test
    void encode_eventOfFormat2_isTheTextOfTheSpecification() {
        assertThat(text(FULL))
                .isEqualTo("{\"accessKey\":\"AK1\",\"action\":\"Write\",\"address\":\"192.0.2.7\","
                        + "\"caller\":\"alice\",\"callerType\":\"SubAccount\",\"code\":\"UnauthorizedOperation\","
                        + "\"details\":{\"a\":\"1\",\"b\":\"2\"},\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\","
                        + "\"name\":\"CreateKey\",\"region\":\"local\",\"request\":\"r-1\",\"resource\":\"team\","
                        + "\"resourceType\":\"group\",\"source\":\"kms\",\"time\":1793534400123,\"v\":2}");
        assertThat(AuditBody.decode(text(FULL))).isEqualTo(FULL);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decode_whateverWasEncodedInFormat2_returnsIt(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        AuditActor actor = new AuditActor(
                randomText(random),
                List.of(Caller.Kind.ROOT, Caller.Kind.ACCOUNT, Caller.Kind.SYSTEM)
                        .get(random.nextInt(3)),
                maybe(random),
                maybe(random),
                maybe(random));
        AuditEvent event = new AuditEvent(
                2,
                new UUID(random.nextLong(), random.nextLong()),
                Instant.ofEpochMilli(random.nextLong(1L << 50)),
                randomText(random),
                random.nextBoolean(),
                actor,
                random.nextBoolean() ? null : new AuditResource(randomText(random), randomText(random)),
                randomText(random),
                randomText(random),
                Map.of(randomText(random), randomText(random)));

        assertThat(AuditBody.decode(AuditBody.encode(event))).isEqualTo(event);
    }

    private static Optional<String> maybe(RandomGenerator random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(randomText(random));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"action\":\"Read\"",
                "{\"action\":\"Read\" ,\"caller\":\"root\"}",
                "{\"action\":\"Rea\\u0064\",\"caller\":\"root\",\"code\":\"\",\"details\":{},"
                        + "\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\",\"name\":\"Encrypt\",\"time\":1,\"v\":1}",
                "{\"action\":\"Read\",\"caller\":\"root\",\"code\":\"\",\"details\":{\"b\":\"1\",\"a\":\"2\"},"
                        + "\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\",\"name\":\"Encrypt\",\"time\":1,\"v\":1}",
                "{\"action\":\"Read\",\"caller\":\"root\",\"code\":\"\",\"details\":{},"
                        + "\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\",\"name\":\"Encrypt\",\"time\":01,\"v\":1}",
                "{\"action\":\"Read\",\"caller\":\"root\",\"code\":\"\",\"details\":{},"
                        + "\"id\":\"01020304-0506-0708-090a-0b0c0d0e0f10\",\"name\":\"Encrypt\",\"time\":1,\"v\":2}",
                "{\"action\":\"Read\",\"caller\":\"\\uXXXX"
            })
    void decode_anythingElse_isRefused(String body) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuditBody.decode(body));
    }

    @Test
    void decode_everyCutAndEveryFlippedBit_isAnotherEventOrRefused() {
        for (AuditEvent event : List.of(EVENT, FULL)) {
            damage(event);
        }
    }

    private static void damage(AuditEvent event) {
        byte[] body = AuditBody.encode(event).getBytes(StandardCharsets.UTF_8);

        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] damaged = body.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(decodesTo(damaged)).isNotEqualTo(event);
        }
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuditBody.decode(new String(cut, StandardCharsets.UTF_8)));
        }
    }

    private static Object decodesTo(byte[] body) {
        try {
            return AuditBody.decode(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    private static String randomText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(1 << 16)));
        }
        return text.toString();
    }

    private static AuditEvent named(String name) {
        return new AuditEvent(EVENT.id(), EVENT.time(), name, true, "root", null, "", Map.of());
    }

    private static String text(AuditEvent event) {
        return AuditBody.encode(event);
    }
}
