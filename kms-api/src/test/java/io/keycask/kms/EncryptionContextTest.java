package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncryptionContextTest {
    @Test
    void empty_hasNoBytes() {
        assertThat(EncryptionContext.empty().toBytes()).isEmpty();
        assertThat(EncryptionContext.empty().isEmpty()).isTrue();
        assertThat(EncryptionContext.copyOf(Map.of())).isEqualTo(EncryptionContext.empty());
        assertThat(EncryptionContext.parse(new byte[0])).isEqualTo(EncryptionContext.empty());
    }

    @Test
    void toBytes_isTheSerializationOfTheMessageFormat() {
        EncryptionContext context = EncryptionContext.of("this", "is", "a", "\u00e9");

        assertThat(HexFormat.of().formatHex(context.toBytes()))
                .isEqualTo("0002" + "0001" + "61" + "0002" + "c3a9" + "0004" + "74686973" + "0002" + "6973");
    }

    @Test
    void pairs_ascendByUnsignedUtf8_notByUtf16() {
        EncryptionContext context = EncryptionContext.of("\ud83d\ude00", "1", "\uff5e", "2");

        assertThat(context.pairs().keySet()).containsExactly("\uff5e", "\ud83d\ude00");
        assertThatThrownBy(() -> context.pairs().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void with_nameThatIsTaken_isRefused() {
        EncryptionContext context = EncryptionContext.of("a", "1");

        assertInvalid(() -> context.with("a", "2"));
        assertInvalid(() -> EncryptionContext.of("a", "1", "a", "1"));
    }

    @Test
    void with_leavesTheOriginalAlone() {
        EncryptionContext context = EncryptionContext.of("a", "1");

        assertThat(context.with("b", "2")).isNotEqualTo(context);
        assertThat(context.pairs()).containsOnlyKeys("a");
    }

    @Test
    void reservedNames_areRefusedFromCallersAndParsedFromMessages() {
        assertInvalid(() -> EncryptionContext.of("aws-crypto-public-key", "x"));
        assertInvalid(() -> EncryptionContext.copyOf(Map.of("aws-crypto-", "x")));
        assertThat(EncryptionContext.of("aws-crypt", "x").isEmpty()).isFalse();

        byte[] foreign = ContextModel.serialize(Map.of("aws-crypto-public-key", "x"));
        assertThat(EncryptionContext.parse(foreign).pairs()).containsEntry("aws-crypto-public-key", "x");
    }

    @Test
    void emptyNamesAndValues_areRefused() {
        assertInvalid(() -> EncryptionContext.of("", "x"));
        assertInvalid(() -> EncryptionContext.of("x", ""));
        assertInvalid(() -> EncryptionContext.parse(HexFormat.of().parseHex("0001" + "0000" + "0001" + "61")));
    }

    @Test
    void size_upToTheLimit_isAllowed() {
        int room = EncryptionContext.MAX_BYTES - 2 - 2 - 1 - 2;

        EncryptionContext longest = EncryptionContext.of("n", "v".repeat(room));

        assertThat(longest.toBytes()).hasSize(EncryptionContext.MAX_BYTES);
        assertThat(EncryptionContext.parse(longest.toBytes())).isEqualTo(longest);
        assertInvalid(() -> EncryptionContext.of("n", "v".repeat(room + 1)));
        assertInvalid(() -> EncryptionContext.of("n", "\u20ac".repeat(room / 3 + 1)));
        assertInvalid(() -> EncryptionContext.of("n", "v".repeat(10_000_000)));
        assertInvalid(() -> EncryptionContext.parse(new byte[EncryptionContext.MAX_BYTES + 1]));
    }

    @Test
    void size_manyPairs_areCountedTogether() {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            pairs.put("name" + i, "value");
        }

        assertInvalid(() -> EncryptionContext.copyOf(pairs));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "no pairs,                 0000",
        "half a count,             00",
        "fewer pairs than counted, 0002000161000162",
        "more pairs than counted,  0001000161000162000163000164",
        "name cut off,             000100026100",
        "value cut off,            0001000161000262",
        "a name twice,             0002000161000162000161000162",
        "descending names,         0002000162000131000161000132",
        "a byte appended,          000100016100016200",
        "overlong UTF-8,           00010002c1a1000162",
        "surrogate in UTF-8,       00010003eda080000162",
        "beyond Unicode,           00010004f4908080000162",
        "lone continuation,        0001000180000162"
    })
    void parse_notCanonical_isRefused(String what, String hex) {
        assertInvalid(() -> EncryptionContext.parse(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void parse_hugeCount_takesNoMemory() {
        byte[] bytes = ByteBuffer.allocate(8).putShort((short) 0xffff).array();

        assertInvalid(() -> EncryptionContext.parse(bytes));
    }

    @Test
    void nulls_areRefused() {
        Map<String, String> nullValue = new HashMap<>();
        nullValue.put("a", null);

        assertThatThrownBy(() -> EncryptionContext.of(null, "v")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> EncryptionContext.of("n", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> EncryptionContext.copyOf(nullValue)).isInstanceOf(NullPointerException.class);
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
