package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecryptingChannelTest {
    private static final int REGULAR = FrameLayout.REGULAR_PREFIX_BYTES + FRAME_LENGTH + FrameAead.TAG_BYTES;

    private final Fixture fixture = Fixture.withShortFrames(13);

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void read_anyRanges_returnWhatAnArrayWould(long seed) throws IOException {
        RandomGenerator random = Fixture.random(seed);
        int frameLength = random.nextInt(1, 70);
        Fixture own = Fixture.withFrames(frameLength, seed);
        int size = random.nextBoolean() ? random.nextInt(300) : frameLength * random.nextInt(5);
        byte[] plaintext = Fixture.plaintext(size);
        MemoryChannel message = new MemoryChannel(own.encrypt(size), random.nextInt(1, 100));

        try (SeekableByteChannel channel = own.decryptor.decrypting(message, CONTEXT)) {
            for (int i = 0; i < 40; i++) {
                int from = random.nextInt(size + 10);
                int length = random.nextInt(120);
                ByteBuffer target =
                        random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
                int read = channel.position(from).read(target);

                int expected = Math.max(0, Math.min(length, size - from));
                assertThat(read).isEqualTo(expected == 0 && length > 0 ? -1 : expected);
                assertThat(channel.position()).isEqualTo((long) from + expected);
                assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(plaintext, Math.min(from, size), expected));
            }
            assertThat(channel.size()).isEqualTo(size);
        }
        assertThat(message.isOpen()).isFalse();
    }

    @Test
    void read_fileOfStandardFrames_readsOnlyTheFramesItNeeds() throws IOException {
        Fixture standard = Fixture.standard();
        int size = 5 * 65_536 + 100;
        byte[] plaintext = Fixture.plaintext(size);
        MemoryChannel message = new MemoryChannel(standard.encrypt(size));
        ByteBuffer target = ByteBuffer.allocate(65_536 + 20);

        try (SeekableByteChannel channel = standard.decryptor.decrypting(message, CONTEXT)) {
            long header = message.given();
            int read = channel.position(2 * 65_536 - 10).read(target);
            long frames = message.given();
            int again = channel.position(3 * 65_536).read(ByteBuffer.allocate(100));

            assertThat(header).isLessThanOrEqualTo(4096);
            assertThat(read).isEqualTo(65_536 + 20);
            assertThat(target.array()).isEqualTo(Arrays.copyOfRange(plaintext, 131_062, 131_062 + read));
            assertThat(frames).isEqualTo(3 * (65_536 + 32));
            assertThat(again).isEqualTo(100);
            assertThat(message.given()).as("the frame is remembered").isZero();
        }
    }

    @Test
    void path_rangesAndSize_areThoseOfTheMessage() throws IOException {
        byte[] plaintext = Fixture.plaintext(1000);
        Path file = Files.write(folder.resolve("message"), fixture.cipher.encrypt(plaintext, CONTEXT));
        ByteBuffer target = ByteBuffer.allocate(500);

        try (SeekableByteChannel channel = fixture.cipher.decrypting(file, CONTEXT)) {
            assertThat(channel.size()).isEqualTo(1000);
            assertThat(channel.position(400).read(target)).isEqualTo(500);
        }

        assertThat(target.array()).isEqualTo(Arrays.copyOfRange(plaintext, 400, 900));
        assertThatThrownBy(() -> fixture.cipher.decrypting(file, EncryptionContext.empty()))
                .isInstanceOf(DecryptionException.class);
        Files.delete(file);
        assertThatThrownBy(() -> fixture.cipher.decrypting(file, CONTEXT)).isInstanceOf(IOException.class);
    }

    static IntStream sizes() {
        return IntStream.of(0, 1, FRAME_LENGTH, 2 * FRAME_LENGTH + 8, 3 * FRAME_LENGTH);
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void sizeAndEnd_cutAnywhere_areRejected(int size) {
        byte[] message = fixture.encrypt(size);

        for (int length = 0; length < message.length; length++) {
            assertNoEnd(Arrays.copyOf(message, length), size);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void sizeAndEnd_bytesAppended_areRejected(int size) {
        byte[] message = fixture.encrypt(size);

        for (int more = 1; more <= 2 * REGULAR; more++) {
            byte[] longer = Arrays.copyOf(message, message.length + more);
            assertNoEnd(longer, size);
            System.arraycopy(message, message.length - more, longer, message.length, more);
            assertNoEnd(longer, size);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void read_anyBitFlipped_releasesOnlyAuthenticBytes(int size) {
        byte[] message = fixture.encrypt(size);

        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] damaged = message.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertReleasesNothingElse(damaged, size);
        }
    }

    /** The size is refused, and reading to the end; everything that is read on the way is authentic. */
    private void assertNoEnd(byte[] damaged, int size) {
        assertThatThrownBy(() -> open(damaged).size()).isExactlyInstanceOf(DecryptionException.class);
        assertThatThrownBy(() -> open(damaged).position(1L << 40).read(ByteBuffer.allocate(1)))
                .isExactlyInstanceOf(DecryptionException.class);
        assertReleasesNothingElse(damaged, size);
    }

    private void assertReleasesNothingElse(byte[] damaged, int size) {
        byte[] plaintext = Fixture.plaintext(size);
        ByteBuffer released = ByteBuffer.allocate(size + 2 * REGULAR);
        assertThatThrownBy(() -> {
                    SeekableByteChannel channel = open(damaged);
                    ByteBuffer piece = ByteBuffer.allocate(FRAME_LENGTH);
                    while (channel.read(piece) >= 0) {
                        released.put(piece.flip());
                        piece.clear();
                    }
                })
                .isExactlyInstanceOf(DecryptionException.class);
        assertThat(Arrays.copyOf(released.array(), released.position()))
                .isEqualTo(Arrays.copyOf(plaintext, released.position()));
    }

    private SeekableByteChannel open(byte[] message) throws IOException {
        return fixture.decryptor.decrypting(new MemoryChannel(message), CONTEXT);
    }

    @Test
    void read_laterFrameAltered_hasReadNothingAndLeavesNoPlaintext() throws IOException {
        byte[] message = fixture.encrypt(4 * FRAME_LENGTH);
        message[message.length - 1] ^= 1;
        SeekableByteChannel channel = open(message);
        ByteBuffer target = ByteBuffer.allocate(4 * FRAME_LENGTH);

        assertThatThrownBy(() -> channel.position(5).read(target)).isInstanceOf(DecryptionException.class);

        assertThat(target.position()).isZero();
        assertThat(channel.position()).isEqualTo(5);
        assertThat(Arrays.copyOfRange(target.array(), 3 * FRAME_LENGTH - 5, target.capacity()))
                .containsOnly(0);
        assertThat(channel.position(0).read(ByteBuffer.allocate(3 * FRAME_LENGTH)))
                .isEqualTo(3 * FRAME_LENGTH);
    }

    @Test
    void channel_isReadOnlyAndEndsWithItsMessage() throws IOException {
        MemoryChannel message = new MemoryChannel(fixture.encrypt(40));
        SeekableByteChannel channel = fixture.decryptor.decrypting(message, CONTEXT);

        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class);
        channel.close();
        channel.close();

        assertThat(channel.isOpen() || message.isOpen()).isFalse();
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::position).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    static Stream<FrozenMessage> frozenMessages() {
        return FrozenMessage.all().stream();
    }

    @ParameterizedTest
    @MethodSource("frozenMessages")
    void read_messagesOfOthers_sayWhatTheyAlwaysSaid(FrozenMessage frozen) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(frozen.message().length);
        try (SeekableByteChannel channel = new MessageDecryptor(frozen.keys(), Parallelism.NONE)
                .decrypting(new MemoryChannel(frozen.message()), frozen.context())) {
            while (channel.read(target) >= 0) {
                assertThat(channel.position()).isEqualTo(target.position());
            }
            assertThat(frozen.isValid()).isTrue();
            assertThat(Arrays.copyOf(target.array(), target.position())).isEqualTo(frozen.plaintext());
        } catch (DecryptionException e) {
            assertThat(frozen.isValid()).isFalse();
        } catch (InvalidRequestException e) {
            MessageHeader header = HeaderParser.parse(frozen.message());
            assertThat(header.isFramed() && !header.suite().isSigned()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void read_tinyFrames_works(int frameLength) throws IOException {
        Fixture own = Fixture.withFrames(frameLength, 3);
        ByteBuffer target = ByteBuffer.allocate(100);

        try (SeekableByteChannel channel = own.decryptor.decrypting(new MemoryChannel(own.encrypt(500)), CONTEXT)) {
            assertThat(channel.position(200).read(target)).isEqualTo(100);
            assertThat(channel.size()).isEqualTo(500);
        }

        assertThat(target.array()).isEqualTo(Arrays.copyOfRange(Fixture.plaintext(500), 200, 300));
    }
}
