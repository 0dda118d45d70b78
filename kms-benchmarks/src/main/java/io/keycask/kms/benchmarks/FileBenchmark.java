package io.keycask.kms.benchmarks;

import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.FileOptions;
import io.keycask.kms.KeySpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a file take on one thread and on two, in 64 MiB of heap, until it is on the disk?
 *
 * <p>The files lie in {@code java.io.tmpdir}, so this measures its disk as well; wall time tells how far cipher and disk overlap, {@code
 * cpu.all} what both cost. {@code -p size=10737418240} shows that the heap does not grow with the file: every JVM here has 64 MiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx64m", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class FileBenchmark {
    private static final int PIECE_BYTES = 1024 * 1024;
    private static final int THREADS = 2;

    /** Who encrypts: one thread or two. */
    @Param({"keycask", "keycask-2-threads"})
    public String impl;

    /** The length of the file in bytes. */
    @Param("1073741824")
    public long size;

    private Path folder;
    private KeycaskEnvelope envelope;
    private EnvelopeCipher cipher;
    private Path plaintext;
    private Path message;
    private Path encrypted;
    private Path decrypted;

    /** Makes the files, checks that they decrypt, and has another program read the message of a smaller one. */
    @Setup
    public void open() throws GeneralSecurityException, IOException {
        folder = Files.createTempDirectory("keycask-benchmark-");
        envelope = new KeycaskEnvelope(Envelopes.CONTEXT, KeySpec.AES_256);
        cipher = impl.equals("keycask-2-threads") ? envelope.cipher().inParallel(THREADS) : envelope.cipher();
        byte[] piece = new byte[PIECE_BYTES];
        new Random(size).nextBytes(piece);
        new StreamedEnvelope(envelope).checked(piece);

        plaintext = folder.resolve("plaintext");
        message = folder.resolve("message");
        encrypted = folder.resolve("encrypted");
        decrypted = folder.resolve("decrypted");
        try (OutputStream out = Files.newOutputStream(plaintext)) {
            new RepeatedInput(piece, size).transferTo(out);
        }
        cipher.encrypt(plaintext, message, Envelopes.CONTEXT);
        decrypt();
        if (Files.mismatch(plaintext, decrypted) != -1) {
            throw new IllegalStateException("the file that was decrypted is not the one that was encrypted");
        }
    }

    /** File to file of a message. */
    @Benchmark
    public long encrypt() throws IOException {
        return cipher.encrypt(
                plaintext, encrypted, Envelopes.CONTEXT, FileOptions.standard().replaceExisting());
    }

    /** File of a message to file. */
    @Benchmark
    public long decrypt() throws IOException {
        return cipher.decrypt(
                message, decrypted, Envelopes.CONTEXT, FileOptions.standard().replaceExisting());
    }

    /** Deletes the files. */
    @TearDown
    public void close() throws IOException {
        envelope.close();
        TemporaryKms.delete(folder);
    }
}
