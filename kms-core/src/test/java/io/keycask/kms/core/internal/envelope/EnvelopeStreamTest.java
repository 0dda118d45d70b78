package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeStreamTest {
    private static final int SIZE = 3 * FRAME_LENGTH + 5;

    private final Fixture fixture = Fixture.withShortFrames(6);
    private final byte[] plaintext = Fixture.plaintext(SIZE);

    @Test
    void bothDirections_streamsThatGiveLittleAtATime_work() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        ByteArrayOutputStream opened = new ByteArrayOutputStream();

        long unused = fixture.cipher.encrypt(new TricklingInput(plaintext), message, CONTEXT);
        long length = fixture.cipher.decrypt(new TricklingInput(message.toByteArray()), opened, CONTEXT);

        assertThat(length).isEqualTo(SIZE);
        assertThat(opened.toByteArray()).isEqualTo(plaintext);
    }

    @Test
    void decrypting_readByteByByte_returnsThePlaintextAndThenTheEnd() throws IOException {
        byte[] message = fixture.encrypt(SIZE);
        ByteArrayOutputStream opened = new ByteArrayOutputStream();

        try (InputStream in = fixture.decryptor.decrypting(new ByteArrayInputStream(message), CONTEXT)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                opened.write(next);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[0])).isZero();
        }

        assertThat(opened.toByteArray()).isEqualTo(plaintext);
    }

    @Test
    void decrypting_cutAnywhereInTheBody_throwsAtItsEndAndOnClose() throws IOException {
        byte[] message = fixture.encrypt(SIZE);
        int body = HeaderParser.parse(message).size();

        for (int length = body; length < message.length; length++) {
            InputStream in =
                    fixture.decryptor.decrypting(new ByteArrayInputStream(Arrays.copyOf(message, length)), CONTEXT);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(DecryptionException.class);
            assertThatThrownBy(in::read).isInstanceOf(DecryptionException.class);
            assertThatThrownBy(in::close).isInstanceOf(DecryptionException.class);
            assertThatCode(in::close).doesNotThrowAnyException();
        }
    }

    @Test
    void decrypting_cutInTheHeader_throwsAtOnce() {
        byte[] message = fixture.encrypt(SIZE);

        for (int length = 0; length < HeaderParser.parse(message).size(); length++) {
            byte[] cut = Arrays.copyOf(message, length);
            assertThatThrownBy(() -> fixture.decryptor.decrypting(new ByteArrayInputStream(cut), CONTEXT))
                    .isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void decrypting_rejectedInTryWithResources_suppressesTheSecondException() {
        byte[] cut = Arrays.copyOf(fixture.encrypt(SIZE), 400);

        assertThatThrownBy(() -> {
                    try (InputStream in = fixture.decryptor.decrypting(new ByteArrayInputStream(cut), CONTEXT)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(DecryptionException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void decrypting_closedBeforeItsEnd_isNoErrorAndClosesTheMessage() throws IOException {
        TricklingInput message = new TricklingInput(Arrays.copyOf(fixture.encrypt(SIZE), 400));
        InputStream in = fixture.decryptor.decrypting(message, CONTEXT);

        assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(plaintext[0]));
        in.close();

        assertThat(message.closed).isTrue();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }

    @Test
    void decrypting_messageThatIsFollowedByBytes_isRejected() throws IOException {
        byte[] message = Arrays.copyOf(fixture.encrypt(5), fixture.encrypt(5).length + 1);

        try (InputStream in = fixture.decryptor.decrypting(new ByteArrayInputStream(message), CONTEXT)) {
            assertThatThrownBy(in::read).isInstanceOf(DecryptionException.class);
            assertThatThrownBy(in::close).isInstanceOf(DecryptionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 300, 330, 400})
    void decrypt_inputThatFails_passesTheExceptionOn(int failsAfter) {
        byte[] message = fixture.encrypt(SIZE);
        InputStream failing = new FailingInput(message, failsAfter);

        assertThatThrownBy(() -> fixture.decryptor.decrypt(failing, new ByteArrayOutputStream(), CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("input failed");
    }

    @Test
    void decrypting_inputThatFails_staysFailedButIsNoForgery() throws IOException {
        InputStream failing = new FailingInput(fixture.encrypt(SIZE), 400);
        InputStream in = fixture.decryptor.decrypting(failing, CONTEXT);

        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessage("input failed");
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("earlier");
        assertThatCode(in::close).doesNotThrowAnyException();
    }

    @Test
    void encrypt_inputThatFails_leavesAMessageThatIsRejected() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        InputStream failing = new FailingInput(plaintext, 40);

        assertThatThrownBy(() -> fixture.cipher.encrypt(failing, message, CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("input failed");

        assertThatThrownBy(() -> fixture.decryptor.decrypt(message.toByteArray(), CONTEXT))
                .isInstanceOf(DecryptionException.class);
    }

    @Test
    void encrypting_writeThatFailed_closeDoesNotCompleteTheMessage() throws IOException {
        FailingOutput failing = new FailingOutput();
        OutputStream out = fixture.cipher.encrypting(failing, CONTEXT);
        failing.fail = true;

        assertThatThrownBy(() -> out.write(plaintext)).hasMessage("output failed");
        failing.fail = false;
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class).hasMessageContaining("incomplete");
        out.close();

        assertThat(failing.closed).isTrue();
        assertThatThrownBy(() -> fixture.decryptor.decrypt(failing.toByteArray(), CONTEXT))
                .isInstanceOf(DecryptionException.class);
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void encrypting_outputThatFailsAtOnce_wipesTheDataKey() {
        FailingOutput failing = new FailingOutput();
        failing.fail = true;

        assertThatThrownBy(() -> fixture.cipher.encrypting(failing, CONTEXT)).hasMessage("output failed");

        assertThat(fixture.source.issued())
                .singleElement()
                .satisfies(dataKey -> assertThatThrownBy(
                                () -> dataKey.<Integer, RuntimeException>use(bytes -> bytes.length))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void encrypting_closedTwice_completesOnce() throws IOException {
        FailingOutput message = new FailingOutput();
        OutputStream out = fixture.cipher.encrypting(message, CONTEXT);
        out.write(plaintext);
        out.flush();

        out.close();
        out.close();

        assertThat(fixture.decryptor.decrypt(message.toByteArray(), CONTEXT)).isEqualTo(plaintext);
    }

    @Test
    void encryptAndDecrypt_streams_areNotClosed() throws IOException {
        FailingOutput message = new FailingOutput();
        TricklingInput in = new TricklingInput(plaintext);
        long unused = fixture.cipher.encrypt(in, message, CONTEXT);
        TricklingInput again = new TricklingInput(message.toByteArray());
        FailingOutput rewrapped = new FailingOutput();
        long unusedToo = fixture.cipher.rewrap(again, rewrapped, CONTEXT);

        assertThat(message.closed || in.closed || again.closed || rewrapped.closed)
                .isFalse();
    }

    @Test
    void frames_beyondTheLastSequenceNumber_areRefused() {
        assertThatCode(() -> FrameWriter.requireFramesLeft(0xFFFF_FFFEL)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FrameWriter.requireFramesLeft(0xFFFF_FFFFL))
                .isInstanceOf(LimitExceededException.class);
    }

    /** Gives one to three bytes at a time. */
    private static final class TricklingInput extends FilterInputStream {
        private boolean closed;

        TricklingInput(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 1 + length % 3));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class FailingInput extends InputStream {
        private final byte[] bytes;
        private final int failsAfter;
        private int at;

        FailingInput(byte[] bytes, int failsAfter) {
            this.bytes = bytes;
            this.failsAfter = failsAfter;
        }

        @Override
        public int read() throws IOException {
            if (at == failsAfter) {
                throw new IOException("input failed");
            }
            return Byte.toUnsignedInt(bytes[at++]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            target[offset] = (byte) read();
            return 1;
        }
    }

    private static final class FailingOutput extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean fail;
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (fail) {
                throw new IOException("output failed");
            }
            written.write(bytes, offset, length);
        }

        byte[] toByteArray() {
            return written.toByteArray();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
