package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.LimitExceededException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption and decryption into the caller's arrays. */
final class EnvelopeArrayTest {
    private static final byte CANARY = 0x5a;

    private final Fixture fixture = Fixture.withShortFrames(12);

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 15, 16, 17, 32, 100})
    void bothDirections_anyOffset_writeExactlyWhatTheySay(int size) {
        byte[] plaintext = canaries(size + 9);
        System.arraycopy(Fixture.plaintext(size), 0, plaintext, 4, size);
        int messageBytes = Math.toIntExact(fixture.cipher.messageBytes(size, CONTEXT));
        byte[] message = canaries(messageBytes + 8);
        byte[] opened = canaries(size + 8);

        int written = fixture.cipher.encrypt(plaintext, 4, size, message, 3, CONTEXT);
        int claimed = fixture.decryptor.plaintextBytes(message, 3, written);
        int length = fixture.decryptor.decrypt(message, 3, written, opened, 5, CONTEXT);

        assertThat(written).isEqualTo(messageBytes);
        assertThat(claimed).isEqualTo(size);
        assertThat(length).isEqualTo(size);
        assertThat(Arrays.copyOfRange(opened, 5, 5 + size)).isEqualTo(Fixture.plaintext(size));
        assertOnlyInside(message, 3, written);
        assertOnlyInside(opened, 5, size);
        assertThat(fixture.decryptor.decrypt(Arrays.copyOfRange(message, 3, 3 + written), CONTEXT))
                .isEqualTo(Fixture.plaintext(size));
    }

    @Test
    void messageBytes_anyContextAndRecipients_isExact() {
        Fixture standard = Fixture.standard();
        EncryptionContext context = EncryptionContext.of("tenant", "t2", "größe", "\uD83D\uDE00");
        var two = standard.cipher.alsoFor(Fixture.handle(standard.source.newKey()));
        try (DetachedEnvelope detached = standard.cipher.detached(standard.cipher.newDetachedKey(CONTEXT), CONTEXT)) {
            for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 131_072}) {
                byte[] plaintext = new byte[size];
                for (var cipher : Stream.of(standard.cipher, two, detached).toList()) {
                    assertThat(cipher.messageBytes(size, context)).isEqualTo(cipher.encrypt(plaintext, context).length);
                    assertThat(cipher.messageBytes(size, EncryptionContext.empty()))
                            .isEqualTo(cipher.encrypt(plaintext, EncryptionContext.empty()).length);
                }
            }
        }
    }

    @Test
    void messageBytes_plaintextTooLong_isRefused() {
        long longest = 65_536 * 0xFFFF_FFFFL;
        Fixture standard = Fixture.standard();

        assertThat(standard.cipher.messageBytes(longest, CONTEXT)).isGreaterThan(longest);
        assertThatThrownBy(() -> standard.cipher.messageBytes(longest + 1, CONTEXT))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> standard.cipher.messageBytes(-1, CONTEXT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void detached_arrays_roundTrip() {
        try (DetachedEnvelope detached = fixture.cipher.detached(fixture.cipher.newDetachedKey(CONTEXT), CONTEXT)) {
            byte[] message = new byte[(int) detached.messageBytes(40, CONTEXT)];
            byte[] opened = new byte[40];

            int written = detached.encrypt(Fixture.plaintext(40), 0, 40, message, 0, CONTEXT);
            int length = detached.decrypt(message, 0, written, opened, 0, CONTEXT);

            assertThat(length).isEqualTo(40);
            assertThat(opened).isEqualTo(Fixture.plaintext(40));
        }
    }

    @Test
    void rewrap_intoTheSameArray_replacesTheMessage() {
        byte[] message = fixture.encrypt(40);
        byte[] before = message.clone();

        int length = fixture.cipher.rewrap(message, 0, message.length, message, 0, CONTEXT);

        assertThat(length).isEqualTo(before.length);
        assertThat(message).isNotEqualTo(before);
        assertThat(fixture.decryptor.decrypt(message, CONTEXT)).isEqualTo(Fixture.plaintext(40));
    }

    @Test
    void encrypt_outputTooShort_isRefusedAndUntouched() {
        int size = Math.toIntExact(fixture.cipher.messageBytes(40, CONTEXT));
        byte[] message = canaries(size + 2);
        byte[] plaintext = Fixture.plaintext(40);

        for (int offset : new int[] {3, size + 2, size + 3, -1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> fixture.cipher.encrypt(plaintext, 0, 40, message, offset, CONTEXT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }

        assertThat(message).containsOnly(CANARY);
    }

    @Test
    void decrypt_outputTooShort_isRefusedBeforeAKeyIsUsed() {
        byte[] message = fixture.encrypt(40);
        byte[] plaintext = canaries(42);
        int calls = fixture.source.calls();

        for (int offset : new int[] {3, 42, 43, -1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> fixture.decryptor.decrypt(message, 0, message.length, plaintext, offset, CONTEXT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }

        assertThat(plaintext).containsOnly(CANARY);
        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    static Stream<int[]> wrongRanges() {
        return Stream.of(new int[] {-1, 1}, new int[] {0, -1}, new int[] {1, 300}, new int[] {Integer.MAX_VALUE, 1});
    }

    @ParameterizedTest
    @MethodSource("wrongRanges")
    void bothDirections_rangeOutsideItsArray_isRefused(int[] range) {
        byte[] bytes = new byte[300];

        assertThatThrownBy(() -> fixture.cipher.encrypt(bytes, range[0], range[1], new byte[999], 0, CONTEXT))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> fixture.cipher.decrypt(bytes, range[0], range[1], new byte[999], 0, CONTEXT))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> fixture.cipher.plaintextBytes(bytes, range[0], range[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bothDirections_overlap_isRefused() {
        int size = Math.toIntExact(fixture.cipher.messageBytes(40, CONTEXT));
        byte[] array = new byte[size + 80];

        assertThatThrownBy(() -> fixture.cipher.encrypt(array, 0, 40, array, 39, CONTEXT))
                .isInstanceOf(IllegalArgumentException.class);
        int written = fixture.cipher.encrypt(array, 0, 40, array, 40, CONTEXT);
        assertThatThrownBy(() -> fixture.decryptor.decrypt(array, 40, written, array, 39 + written, CONTEXT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.decryptor.decrypt(array, 40, written, array, 40 + written, CONTEXT))
                .isEqualTo(40);
    }

    @Test
    void decrypt_laterFrameAltered_wipesWhatWasWritten() {
        byte[] message = fixture.encrypt(3 * FRAME_LENGTH);
        message[message.length - 1] ^= 1;
        byte[] plaintext = canaries(3 * FRAME_LENGTH + 2);

        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, 0, message.length, plaintext, 1, CONTEXT))
                .isInstanceOf(DecryptionException.class);

        assertThat(Arrays.copyOfRange(plaintext, 1, 1 + 3 * FRAME_LENGTH)).containsOnly(0);
        assertOnlyInside(plaintext, 1, 3 * FRAME_LENGTH);
    }

    private static byte[] canaries(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, CANARY);
        return bytes;
    }

    private static void assertOnlyInside(byte[] bytes, int offset, int length) {
        for (int i = 0; i < bytes.length; i++) {
            if (i < offset || i >= offset + length) {
                assertThat(bytes[i]).as("byte %s", i).isEqualTo(CANARY);
            }
        }
    }
}
