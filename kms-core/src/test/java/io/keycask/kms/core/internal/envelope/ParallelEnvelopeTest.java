package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.FileOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads make the same messages, and the same failures, whatever the executor does with the helpers. */
@Timeout(60)
final class ParallelEnvelopeTest {
    private static final int FRAME_LENGTH = 5_000;
    private static final int PIECE = 52 * FRAME_LENGTH;
    private static final int SIZE = 5 * PIECE + 3 * FRAME_LENGTH + 7;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(4);

    @TempDir
    private Path folder;

    @AfterAll
    static void shutDown() {
        POOL.shutdownNow();
    }

    static Stream<Executor> executors() {
        List<Runnable> never = new ArrayList<>();
        return Stream.of(
                POOL,
                ForkJoinPool.commonPool(),
                Runnable::run,
                task -> {
                    throw new RejectedExecutionException();
                },
                never::add);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void everyRepresentation_anyExecutor_isTheSameMessage(Executor executor) throws IOException {
        byte[] plaintext = Fixture.plaintext(SIZE);
        byte[] expected = serial(1).cipher.encrypt(plaintext, CONTEXT);
        Path source = Files.write(folder.resolve("source"), plaintext);
        Path target = folder.resolve("target");
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        byte[] message = parallel(1, executor).encrypt(plaintext, CONTEXT);
        long length = parallel(1, executor).encrypt(new ByteArrayInputStream(plaintext), streamed, CONTEXT);
        try (OutputStream out = parallel(1, executor).encrypting(written, CONTEXT)) {
            out.write(plaintext, 0, PIECE + 1);
            out.flush();
            out.write(plaintext, PIECE + 1, SIZE - PIECE - 1);
        }
        long fileLength = parallel(1, executor).encrypt(source, target, CONTEXT);

        assertThat(Arrays.equals(message, expected)).isTrue();
        assertThat(Arrays.equals(streamed.toByteArray(), expected)).isTrue();
        assertThat(Arrays.equals(written.toByteArray(), expected)).isTrue();
        assertThat(Arrays.equals(Files.readAllBytes(target), expected)).isTrue();
        assertThat(List.of(length, fileLength)).containsOnly((long) SIZE);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void decrypt_anyExecutor_returnsThePlaintext(Executor executor) throws IOException {
        Fixture fixture = serial(2);
        byte[] plaintext = Fixture.plaintext(SIZE);
        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
        Path source = Files.write(folder.resolve("source"), message);
        Path target = folder.resolve("target");
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        EnvelopeDecryptor decryptor = fixture.decryptor.inParallel(executor, 3);

        long length = decryptor.decrypt(new ByteArrayInputStream(message), streamed, CONTEXT);
        long fileLength = decryptor.decrypt(source, target, CONTEXT);

        assertThat(Arrays.equals(decryptor.decrypt(message, CONTEXT), plaintext))
                .isTrue();
        assertThat(Arrays.equals(streamed.toByteArray(), plaintext)).isTrue();
        assertThat(Arrays.equals(Files.readAllBytes(target), plaintext)).isTrue();
        assertThat(List.of(length, fileLength)).containsOnly((long) SIZE);
        try (InputStream in = decryptor.decrypting(new ByteArrayInputStream(message), CONTEXT)) {
            assertThat(Arrays.equals(in.readAllBytes(), plaintext)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + FRAME_LENGTH, 17 * PIECE})
    void bothDirections_sizesAroundPieces_areTheSame(int size) throws IOException {
        byte[] plaintext = Fixture.plaintext(size);
        byte[] expected = serial(3).cipher.encrypt(plaintext, CONTEXT);
        Path source = Files.write(folder.resolve("source"), plaintext);
        Path target = folder.resolve("target");
        Path opened = folder.resolve("opened");
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        EnvelopeCipher cipher = parallel(3, POOL);
        EnvelopeCipher again = parallel(3, POOL);

        long unused = cipher.encrypt(new ByteArrayInputStream(plaintext), streamed, CONTEXT);
        long unusedToo = again.encrypt(source, target, CONTEXT);
        long length = again.decrypt(target, opened, CONTEXT);

        assertThat(Arrays.equals(parallel(3, POOL).encrypt(plaintext, CONTEXT), expected))
                .isTrue();
        assertThat(Arrays.equals(streamed.toByteArray(), expected)).isTrue();
        assertThat(Arrays.equals(Files.readAllBytes(target), expected)).isTrue();
        assertThat(Files.mismatch(source, opened)).isEqualTo(-1);
        assertThat(length).isEqualTo(size);
        assertThat(Arrays.equals(cipher.decrypt(expected, CONTEXT), plaintext)).isTrue();
    }

    @Test
    void rewrap_everyRepresentation_opensAgain() throws IOException {
        EnvelopeCipher cipher = Fixture.standard().cipher.inParallel(3);
        byte[] plaintext = Fixture.plaintext(1_000_000);
        byte[] message = cipher.encrypt(plaintext, CONTEXT);
        Path file = Files.write(folder.resolve("file"), message);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();

        long length = cipher.rewrap(file, CONTEXT);
        long streamedLength = cipher.rewrap(new ByteArrayInputStream(message), streamed, CONTEXT);
        byte[] rewrapped = cipher.rewrap(message, CONTEXT);

        assertThat(List.of(length, streamedLength)).containsOnly((long) plaintext.length);
        for (byte[] anew : List.of(Files.readAllBytes(file), streamed.toByteArray(), rewrapped)) {
            assertThat(HeaderParser.parse(anew).messageId())
                    .isNotEqualTo(HeaderParser.parse(message).messageId());
            assertThat(Arrays.equals(cipher.decrypt(anew, CONTEXT), plaintext)).isTrue();
        }
    }

    @Test
    void detachedAndSm4_severalThreads_roundTrip() {
        Fixture fixture = Fixture.of(AlgorithmSuite.SM4_GCM, FRAME_LENGTH, 4);
        byte[] plaintext = Fixture.plaintext(SIZE);
        try (DetachedEnvelope detached = fixture.cipher
                .detached(fixture.cipher.newDetachedKey(CONTEXT), CONTEXT)
                .inParallel(2)) {
            byte[] message = detached.encrypt(plaintext, CONTEXT);

            assertThat(Arrays.equals(detached.decrypt(message, CONTEXT), plaintext))
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "byte {0}")
    @ValueSource(ints = {0, 1, 51, 52, 53, 150, 263})
    void decrypt_frameAltered_releasesExactlyWhatIsBefore(int frame) throws IOException {
        Fixture fixture = serial(5);
        byte[] plaintext = Fixture.plaintext(SIZE);
        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
        int body = HeaderParser.parse(message).size();
        message[body + frame * (FRAME_LENGTH + 32) + 30] ^= 1;
        EnvelopeDecryptor decryptor = fixture.decryptor.inParallel(POOL, 3);
        ByteArrayOutputStream released = new ByteArrayOutputStream();
        byte[] out = new byte[SIZE];
        Path source = Files.write(folder.resolve("source"), message);

        assertThatThrownBy(() -> decryptor.decrypt(new ByteArrayInputStream(message), released, CONTEXT))
                .isExactlyInstanceOf(DecryptionException.class);
        assertThatThrownBy(() -> decryptor.decrypt(message, 0, message.length, out, 0, CONTEXT))
                .isExactlyInstanceOf(DecryptionException.class);
        assertThatThrownBy(() -> decryptor.decrypt(source, folder.resolve("target"), CONTEXT))
                .isExactlyInstanceOf(DecryptionException.class);

        assertThat(Arrays.equals(released.toByteArray(), Arrays.copyOf(plaintext, frame * FRAME_LENGTH)))
                .isTrue();
        assertThat(Arrays.equals(out, new byte[SIZE])).as("wiped").isTrue();
        assertThat(filesInFolder()).containsExactly("source");
    }

    @ParameterizedTest(name = "cut by {0}")
    @ValueSource(ints = {1, 40, 3 * FRAME_LENGTH + 30, 2 * PIECE})
    void decrypt_messageCutOrLonger_isRejected(int by) throws IOException {
        Fixture fixture = serial(6);
        byte[] message = fixture.encrypt(SIZE);
        EnvelopeDecryptor decryptor = fixture.decryptor.inParallel(POOL, 3);

        for (int length : new int[] {message.length - by, message.length + by}) {
            byte[] damaged = Arrays.copyOf(message, length);
            Path source = Files.write(folder.resolve("source"), damaged);
            assertThatThrownBy(() -> decryptor.decrypt(damaged, CONTEXT)).isInstanceOf(DecryptionException.class);
            assertThatThrownBy(() -> decryptor.decrypt(
                            new ByteArrayInputStream(damaged), OutputStream.nullOutputStream(), CONTEXT))
                    .isInstanceOf(DecryptionException.class);
            assertThatThrownBy(() -> decryptor.decrypt(source, folder.resolve("target"), CONTEXT))
                    .isInstanceOf(DecryptionException.class);
            assertThat(filesInFolder()).containsExactly("source");
        }
    }

    @Test
    void streams_thatFail_passTheExceptionOnAfterWhatWasBefore() {
        Fixture fixture = serial(7);
        byte[] plaintext = Fixture.plaintext(SIZE);
        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
        ByteArrayOutputStream released = new ByteArrayOutputStream();
        EnvelopeCipher cipher = fixture.cipher.inParallel(POOL, 3);
        OutputStream full = new OutputStream() {
            private int left = 2 * PIECE;

            @Override
            public void write(int b) {
                throw new AssertionError("in pieces only");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("output failed");
                }
            }
        };

        assertThatThrownBy(() -> cipher.decrypt(failingAfter(message, 4 * PIECE), released, CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("input failed");
        assertThatThrownBy(() ->
                        cipher.encrypt(failingAfter(plaintext, 4 * PIECE), OutputStream.nullOutputStream(), CONTEXT))
                .hasMessage("input failed");
        assertThatThrownBy(() -> cipher.encrypt(new ByteArrayInputStream(plaintext), full, CONTEXT))
                .hasMessage("output failed");

        assertThat(released.size()).isGreaterThan(3 * PIECE);
        assertThat(Arrays.equals(released.toByteArray(), Arrays.copyOf(plaintext, released.size())))
                .isTrue();
    }

    private static InputStream failingAfter(byte[] bytes, int length) {
        return new FilterInputStream(new ByteArrayInputStream(bytes, 0, length)) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                return next < 0 ? fail() : next;
            }

            @Override
            public int read(byte[] target, int offset, int wanted) throws IOException {
                int read = super.read(target, offset, wanted);
                return read < 0 ? fail() : read;
            }

            private int fail() throws IOException {
                throw new IOException("input failed");
            }
        };
    }

    @Test
    void files_cancelledAnywhere_leaveNothingBehind() throws IOException {
        EnvelopeCipher cipher = Fixture.standard().cipher.inParallel(2);
        Path source = Files.write(folder.resolve("source"), new byte[5_000_000]);
        Path message = folder.resolve("message");

        for (int allowed = 0; allowed < 3; allowed++) {
            int[] left = {allowed};
            Thread caller = Thread.currentThread();
            FileOptions options = FileOptions.standard().listener((done, total) -> {
                assertThat(Thread.currentThread()).isEqualTo(caller);
                return left[0]-- > 0;
            });
            assertThatThrownBy(() -> cipher.encrypt(source, message, CONTEXT, options))
                    .isInstanceOf(CancellationException.class);
            assertThat(filesInFolder()).containsExactly("source");
        }
    }

    @Test
    void files_listener_hearsOfAllBytes() throws IOException {
        EnvelopeCipher cipher = Fixture.standard().cipher.inParallel(2);
        Path source = Files.write(folder.resolve("source"), new byte[5_000_000]);
        Path message = folder.resolve("message");
        List<Long> heard = new ArrayList<>();
        FileOptions options = FileOptions.standard().listener((done, total) -> heard.add(done));

        long unused = cipher.encrypt(source, message, CONTEXT, options);
        long unusedToo = cipher.decrypt(message, folder.resolve("opened"), CONTEXT, options);

        assertThat(heard).contains(5_000_000L).endsWith(Files.size(message));
    }

    @Test
    void callFromTheOnlyThreadOfTheExecutor_isDone() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            byte[] plaintext = Fixture.plaintext(SIZE);
            byte[] message = one.submit(() -> parallel(8, one).encrypt(plaintext, CONTEXT))
                    .get();
            ByteArrayOutputStream opened = new ByteArrayOutputStream();
            EnvelopeDecryptor decryptor = serial(8).decryptor.inParallel(one, 3);
            long length = one.submit(() -> decryptor.decrypt(new ByteArrayInputStream(message), opened, CONTEXT))
                    .get();

            assertThat(length).isEqualTo(SIZE);
            assertThat(Arrays.equals(opened.toByteArray(), plaintext)).isTrue();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void helperThatComesLate_findsNothing() throws IOException {
        List<Runnable> late = new ArrayList<>();
        byte[] plaintext = Fixture.plaintext(SIZE);
        ByteArrayOutputStream message = new ByteArrayOutputStream();

        byte[] inMemory = parallel(9, late::add).encrypt(plaintext, CONTEXT);
        long unused = parallel(9, late::add).encrypt(new ByteArrayInputStream(plaintext), message, CONTEXT);
        byte[] before = inMemory.clone();
        late.forEach(Runnable::run);

        assertThat(late).hasSizeGreaterThanOrEqualTo(4);
        assertThat(Arrays.equals(inMemory, before)).isTrue();
        assertThat(Arrays.equals(message.toByteArray(), before)).isTrue();
    }

    @Test
    void interruptedCaller_completesAndStaysInterrupted() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        boolean[] kept = new boolean[1];
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            byte[] message = parallel(10, POOL).encrypt(Fixture.plaintext(SIZE), CONTEXT);
            kept[0] = Thread.currentThread().isInterrupted() && message.length > SIZE;
            done.countDown();
        });

        caller.start();
        done.await();

        assertThat(kept[0]).isTrue();
    }

    @Test
    void ownThreads_afterTheCall_end() throws Exception {
        EnvelopeCipher cipher = Fixture.standard().cipher.inParallel(4);
        byte[] message = cipher.encrypt(new byte[3_000_000], CONTEXT);
        try (InputStream in = cipher.decrypting(new ByteArrayInputStream(message), CONTEXT)) {
            assertThat(in.readNBytes(100_000)).hasSize(100_000);
        }

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("keycask-envelope")) {
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 257})
    void inParallel_wrongNumberOfThreads_isRefused(int threads) {
        EnvelopeCipher cipher = serial(1).cipher;

        assertThatThrownBy(() -> cipher.inParallel(threads)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cipher.inParallel(POOL, threads)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Fixture serial(long seed) {
        return Fixture.withFrames(FRAME_LENGTH, seed);
    }

    private static EnvelopeCipher parallel(long seed, Executor executor) {
        return serial(seed).cipher.inParallel(executor, 3);
    }

    private List<String> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
