package io.keycask.kms.benchmarks;

import io.keycask.kms.Kms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * How long does it take from the start of a JVM to the first envelope message on a new store, and to its end?
 *
 * <p>{@code keycask} makes the store, a root key, a customer master key and a message, and closes; {@code sqlite} is the JVM and
 * SQLite alone: it opens a connection to a new database and makes a table. Wall time, because most of it is waiting for the disk;
 * so read it on a quiet machine. {@code cpu} is that of the waiting parent and says nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class StartBenchmark {
    /** What is started. */
    @Param({"keycask", "sqlite"})
    public String impl;

    private Path folder;
    private ProcessBuilder program;

    /** Makes a folder. */
    @Setup(Level.Iteration)
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("keycask-benchmark-");
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstEnvelope.class.getName(),
                        impl,
                        folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts a JVM and waits for its end. */
    @Benchmark
    public int run() throws IOException, InterruptedException {
        int exit = program.start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the program ended with " + exit);
        }
        return exit;
    }

    /** Checks what was made, in this process, and deletes it. */
    @TearDown(Level.Iteration)
    public void check() throws IOException {
        if (impl.equals("keycask")) {
            try (Kms kms = TemporaryKms.open(folder)) {
                byte[] message = Files.readAllBytes(FirstEnvelope.message(folder));
                if (!Arrays.equals(kms.envelope().decrypt(message, Envelopes.CONTEXT), FirstEnvelope.PLAINTEXT)) {
                    throw new IllegalStateException("the message holds another plaintext");
                }
            }
        } else if (!Files.isRegularFile(folder.resolve("keys.db"))) {
            throw new IllegalStateException("there is no database");
        }
        TemporaryKms.delete(folder);
    }
}
