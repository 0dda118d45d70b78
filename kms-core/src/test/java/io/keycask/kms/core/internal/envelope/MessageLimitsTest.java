package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Caps hold before a key is used and before memory is taken. */
final class MessageLimitsTest {
    private static final byte[] PROVIDER = {'k'};

    @Test
    void parse_endlessHeader_isRejectedAfter64KiB() {
        CountingZeros endless = new CountingZeros(headerOf(16, 65_000));

        assertThatThrownBy(() -> HeaderParser.read(endless)).isInstanceOf(DecryptionException.class);

        assertThat(endless.read).isLessThanOrEqualTo(MessageHeader.MAX_BYTES);
    }

    /** Returns the start of a header that promises so many entries of so many bytes. */
    private static byte[] headerOf(int entries, int entryBytes) {
        byte[] start = new byte[1 + 2 + 32 + 2 + 2 + 2];
        start[0] = 2;
        start[1] = 0x04;
        start[2] = 0x78;
        start[38] = (byte) entries;
        start[39] = (byte) (entryBytes >>> 8);
        start[40] = (byte) entryBytes;
        return start;
    }

    @Test
    void write_headerBeyondTheLimit_isRefused() {
        EncryptedDataKey large = new EncryptedDataKey(PROVIDER, PROVIDER, new byte[8_192]);
        List<EncryptedDataKey> seven = Collections.nCopies(7, large);
        List<EncryptedDataKey> eight = Collections.nCopies(8, large);

        byte[] written = write(seven);

        assertThat(HeaderParser.parse(Arrays.copyOf(written, written.length + FrameAead.TAG_BYTES))
                        .dataKeys())
                .hasSize(7);
        assertThatThrownBy(() -> write(eight)).isInstanceOf(LimitExceededException.class);
    }

    private static byte[] write(List<EncryptedDataKey> entries) {
        return MessageHeader.write(
                AlgorithmSuite.AES_256_GCM, new byte[32], EncryptionContext.empty(), entries, 16, new byte[32]);
    }

    @Test
    void decrypt_brokenFrames_areRejectedBeforeAKeyIsUsed() {
        Fixture fixture = Fixture.withShortFrames(10);
        byte[] message = fixture.encrypt(40);
        byte[] cut = Arrays.copyOf(message, message.length - 1);
        int calls = fixture.source.calls();

        assertThatThrownBy(() -> fixture.decryptor.decrypt(cut, CONTEXT)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    @Test
    void decrypt_streamWithoutFramesThatDoesNotEnd_isRefusedAtTheLimit() {
        FrozenMessage unframed = FrozenMessage.all().stream()
                .filter(message -> message.comment().equals("unframed"))
                .findFirst()
                .orElseThrow();
        CountingZeros endless = new CountingZeros(unframed.message());

        assertThatThrownBy(() -> new MessageDecryptor(unframed.keys(), Parallelism.NONE)
                        .decrypt(endless, new ByteArrayOutputStream(), unframed.context()))
                .isInstanceOf(LimitExceededException.class);

        assertThat(endless.read).isLessThan(FrameReader.MAX_WHOLE_BYTES + 1_000L);
    }

    @Test
    void decrypt_largeFramesOfAnotherWriter_roundTrip() throws IOException {
        int frameLength = FrameLayout.MAX_FRAME_LENGTH;
        Fixture fixture = Fixture.withFrames(frameLength, 11);
        byte[] plaintext = Fixture.plaintext(frameLength + 100_000);

        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);

        assertThat(Arrays.equals(fixture.decryptor.decrypt(message, CONTEXT), plaintext))
                .isTrue();
        ByteArrayOutputStream out = new ByteArrayOutputStream(plaintext.length);
        long length = fixture.decryptor.decrypt(new ByteArrayInputStream(message), out, CONTEXT);
        assertThat(length).isEqualTo(plaintext.length);
        assertThat(Arrays.equals(out.toByteArray(), plaintext)).isTrue();
    }

    @Test
    void layout_offsets_followFromTheNumberOfAFrame() {
        FrameLayout layout = new FrameLayout(100);

        assertThat(layout.frameOffset(3)).isEqualTo(3 * 132);
        assertThat(layout.bodyBytes(0)).isEqualTo(40);
        assertThat(layout.bodyBytes(100)).isEqualTo(140);
        assertThat(layout.bodyBytes(101)).isEqualTo(132 + 41);
        assertThat(layout.bodyBytes(1L << 40)).isEqualTo(10_995_116_277L * 132 + 76 + 40);
    }

    /** Zeros without end after a beginning; counts how many bytes are taken. */
    private static final class CountingZeros extends InputStream {
        private final byte[] beginning;
        private long read;

        CountingZeros(byte[] beginning) {
            this.beginning = beginning;
        }

        @Override
        public int read() {
            int at = (int) Math.min(read, beginning.length);
            read++;
            return at < beginning.length ? Byte.toUnsignedInt(beginning[at]) : 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
