package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Ciphertext}, {@link DataKey} and {@link DataKeySpec}. */
final class CiphertextTest {
    @Test
    void bytes_areCopiedInAndOut() {
        byte[] source = {1, 2, 3};
        Ciphertext ciphertext = Ciphertext.copyOf(source);
        Arrays.fill(source, (byte) 0);
        Arrays.fill(ciphertext.toBytes(), (byte) 0);

        assertThat(ciphertext.toBytes()).containsExactly(1, 2, 3);
        assertThat(ciphertext.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 100, Ciphertext.MAX_BYTES})
    void base64_andBack(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0xfb);
        Ciphertext ciphertext = Ciphertext.copyOf(bytes);

        assertThat(Ciphertext.parseBase64(ciphertext.toBase64())).isEqualTo(ciphertext);
        assertThat(Ciphertext.parseBase64(ciphertext.toBase64())).hasSameHashCodeAs(ciphertext);
    }

    @Test
    void tooLong_isRefused() {
        assertInvalid(() -> Ciphertext.copyOf(new byte[Ciphertext.MAX_BYTES + 1]));
        assertInvalid(() -> Ciphertext.parseBase64("A".repeat(10_924 + 4)));
        assertInvalid(() -> Ciphertext.parseBase64("A".repeat(100_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA=", "A-__", "AAA A", "AAAA\n", "\u00e4AAA"})
    void parseBase64_otherTexts_areRefused(String text) {
        assertInvalid(() -> Ciphertext.parseBase64(text));
    }

    @Test
    void toString_saysTheSizeOnly() {
        assertThat(Ciphertext.copyOf(new byte[7])).hasToString("Ciphertext[7 bytes]");
    }

    @Test
    void dataKey_close_wipesTheClearKeyAndLeavesTheWrappedOne() {
        KeyId id = new KeyId(new UUID(1, 2));
        Ciphertext wrapped = Ciphertext.copyOf(new byte[] {9});
        DataKey key = DataKey.of(id, SecretBytes.copyOf(new byte[] {77, 88}), wrapped);
        byte[] lent = key.use(bytes -> bytes);
        assertThat(lent).containsExactly(77, 88);

        key.close();
        key.close();

        assertThat(lent).containsOnly(0);
        assertThatThrownBy(() -> key.use(bytes -> 1)).isInstanceOf(IllegalStateException.class);
        assertThat(key.wrapped()).isEqualTo(wrapped);
        assertThat(key.keyId()).isEqualTo(id);
        assertThat(key.size()).isEqualTo(2);
        assertThat(key.toString()).contains("2 bytes").doesNotContain("77", "88", "4d58");
    }

    @Test
    void dataKeySpec_hasBounds() {
        assertThat(DataKeySpec.AES_128.sizeBytes()).isEqualTo(16);
        assertThat(DataKeySpec.ofBytes(32)).isEqualTo(DataKeySpec.AES_256);
        assertThat(DataKeySpec.ofBytes(1).sizeBytes()).isEqualTo(1);
        assertThat(DataKeySpec.ofBytes(1_024).sizeBytes()).isEqualTo(1_024);
        for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1_025}) {
            assertThatThrownBy(() -> DataKeySpec.ofBytes(size)).isInstanceOf(InvalidRequestException.class);
        }
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CIPHERTEXT));
    }
}
