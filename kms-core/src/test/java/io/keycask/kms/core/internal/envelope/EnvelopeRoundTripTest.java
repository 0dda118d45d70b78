package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeRoundTripTest {
    @TempDir
    private Path folder;

    static IntStream sizesAroundFrames() {
        return IntStream.of(0, 1, 2, 3, 7)
                .flatMap(frames -> IntStream.of(-1, 0, 1)
                        .map(more -> frames * FRAME_LENGTH + more)
                        .filter(size -> size >= 0));
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizesAroundFrames")
    void encrypt_everyRepresentation_isTheSameMessage(int size) throws IOException {
        byte[] plaintext = Fixture.plaintext(size);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Path source = Files.write(folder.resolve("source"), plaintext);
        Path target = folder.resolve("target");

        byte[] message = Fixture.withShortFrames(1).cipher.encrypt(plaintext, CONTEXT);
        long count = Fixture.withShortFrames(1).cipher.encrypt(new ByteArrayInputStream(plaintext), streamed, CONTEXT);
        try (OutputStream out = Fixture.withShortFrames(1).cipher.encrypting(written, CONTEXT)) {
            writeInPieces(out, plaintext);
        }
        Fixture.withShortFrames(1).cipher.encrypt(source, target, CONTEXT);

        assertThat(count).isEqualTo(size);
        assertThat(streamed.toByteArray()).isEqualTo(message);
        assertThat(written.toByteArray()).isEqualTo(message);
        assertThat(target).hasBinaryContent(message);
    }

    private static void writeInPieces(OutputStream out, byte[] plaintext) throws IOException {
        int at = 0;
        for (int step = 1; at < plaintext.length; step++) {
            int length = Math.min(step, plaintext.length - at);
            if (length == 1) {
                out.write(plaintext[at]);
            } else {
                out.write(plaintext, at, length);
            }
            at += length;
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizesAroundFrames")
    void decrypt_everyRepresentation_returnsThePlaintext(int size) throws IOException {
        Fixture fixture = Fixture.withShortFrames(2);
        byte[] plaintext = Fixture.plaintext(size);
        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        Path source = Files.write(folder.resolve("source"), message);
        Path target = folder.resolve("target");

        long count = fixture.decryptor.decrypt(new ByteArrayInputStream(message), streamed, CONTEXT);
        fixture.cipher.decrypt(source, target, CONTEXT);

        assertThat(fixture.decryptor.decrypt(message, CONTEXT)).isEqualTo(plaintext);
        assertThat(count).isEqualTo(size);
        assertThat(streamed.toByteArray()).isEqualTo(plaintext);
        assertThat(target).hasBinaryContent(plaintext);
        try (InputStream in = fixture.cipher.decrypting(new ByteArrayInputStream(message), CONTEXT)) {
            assertThat(in.readAllBytes()).isEqualTo(plaintext);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decrypt_whateverWasEncrypted_returnsIt(long seed) throws IOException {
        RandomGenerator random = Fixture.random(seed);
        Fixture fixture = Fixture.withFrames(random.nextInt(1, 5_000), seed);
        EncryptionContext context = randomContext(random);
        byte[] plaintext = Fixture.plaintext(random.nextInt(20_000));

        byte[] message = fixture.cipher.encrypt(plaintext, context);

        assertThat(fixture.decryptor.decrypt(message, context)).isEqualTo(plaintext);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        long unused = fixture.decryptor.decrypt(new ByteArrayInputStream(message), streamed, context);
        assertThat(streamed.toByteArray()).isEqualTo(plaintext);
    }

    private static EncryptionContext randomContext(RandomGenerator random) {
        EncryptionContext context = EncryptionContext.empty();
        for (int i = random.nextInt(4); i > 0; i--) {
            context = context.with("name" + i, "väl\uD83D\uDE00".repeat(random.nextInt(1, 9)));
        }
        return context;
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 20 * 1024 * 1024 + 3})
    void standardFrames_sizesAroundThem_roundTrip(int size) throws IOException {
        Fixture fixture = Fixture.standard();
        byte[] plaintext = Fixture.plaintext(size);

        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);

        assertThat(Arrays.equals(fixture.decryptor.decrypt(message, CONTEXT), plaintext))
                .isTrue();
        ByteArrayOutputStream streamed = new ByteArrayOutputStream(size);
        assertThat(fixture.decryptor.decrypt(new ByteArrayInputStream(message), streamed, CONTEXT))
                .isEqualTo(size);
        assertThat(Arrays.equals(streamed.toByteArray(), plaintext)).isTrue();
    }

    @Test
    void encrypt_twice_sharesNoKeyAndNoMessageId() {
        Fixture fixture = Fixture.standard();

        MessageHeader one = HeaderParser.parse(fixture.encrypt(10));
        MessageHeader other = HeaderParser.parse(fixture.encrypt(10));

        assertThat(one.messageId()).isNotEqualTo(other.messageId());
        assertThat(one.commitment()).isNotEqualTo(other.commitment());
    }

    static Stream<EncryptionContext> otherContexts() {
        return Stream.of(
                EncryptionContext.empty(),
                EncryptionContext.of("tenant", "t2"),
                EncryptionContext.of("Tenant", "t1"),
                EncryptionContext.of("tenant", "t1", "row", "1"));
    }

    @ParameterizedTest
    @MethodSource("otherContexts")
    void decrypt_otherContext_isRejectedBeforeAKeyIsUsed(EncryptionContext other) {
        Fixture fixture = Fixture.withShortFrames(3);
        byte[] message = fixture.encrypt(40);
        int calls = fixture.source.calls();

        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, other)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    @Test
    void encrypt_reservedNameInContext_isRefused() {
        Fixture fixture = Fixture.withShortFrames(3);
        byte[] serialized = EncryptionContext.of("bws-crypto-x", "1").toBytes();
        serialized[4] = 'a';
        EncryptionContext reserved = EncryptionContext.parse(serialized);

        assertThatThrownBy(() -> fixture.cipher.encrypt(new byte[1], reserved))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("reserved");
    }

    @Test
    void everyDataKey_afterTheCall_isWiped() throws IOException {
        Fixture fixture = Fixture.withShortFrames(4);
        byte[] message = fixture.encrypt(40);
        fixture.decryptor.decrypt(message, CONTEXT);
        message[message.length - 1] ^= 1;
        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, CONTEXT)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.issued())
                .hasSize(3)
                .allSatisfy(dataKey -> assertThatThrownBy(
                                () -> dataKey.<Integer, RuntimeException>use(bytes -> bytes.length))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void oneCipher_eightThreads_doNotDisturbEachOther() throws Exception {
        Fixture fixture = Fixture.standard();
        List<Callable<Boolean>> jobs = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int first = thread;
            jobs.add(() -> {
                for (int i = 0; i < 200; i++) {
                    byte[] plaintext = Fixture.plaintext((first * 997 + i * 331) % 70_000);
                    byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
                    if (!Arrays.equals(fixture.decryptor.decrypt(message, CONTEXT), plaintext)) {
                        return false;
                    }
                }
                return true;
            });
        }
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> done : executor.invokeAll(jobs)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
