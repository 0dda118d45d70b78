package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.EnvelopeCipher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of any size is encrypted, rewrapped and decrypted in a JVM with 64 MiB of heap, by one thread and by several. */
final class BoundedHeapTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 4})
    void file_largerThanTheHeap_roundTrips(int threads) throws Exception {
        assertThat(roundTrip(100 * MIB, threads, 2)).isZero();
    }

    @Test
    @Tag("soak")
    void file_tenGibibytes_roundTrips() throws Exception {
        assertThat(roundTrip(10 * 1024 * MIB, 1, 60)).isZero();
        assertThat(roundTrip(10 * 1024 * MIB, 4, 60)).isZero();
    }

    private int roundTrip(long size, int threads, int minutes) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoundTrip.class.getName(),
                        folder.toString(),
                        Long.toString(size),
                        Integer.toString(threads))
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the other JVM does: arguments are a folder, the size of the file, and the number of threads. */
    static final class RoundTrip {
        private RoundTrip() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path source = sparseFile(folder.resolve("source"), Long.parseLong(arguments[1]));
            Path message = folder.resolve("message");
            Path opened = folder.resolve("opened");
            EnvelopeCipher cipher = Fixture.standard().cipher.inParallel(Integer.parseInt(arguments[2]));

            long encrypted = cipher.encrypt(source, message, CONTEXT);
            long rewrapped = cipher.rewrap(message, CONTEXT);
            long decrypted = cipher.decrypt(message, opened, CONTEXT);

            boolean same = Files.mismatch(source, opened) == -1 && encrypted == rewrapped && rewrapped == decrypted;
            Files.delete(source);
            Files.delete(message);
            Files.delete(opened);
            if (!same) {
                throw new AssertionError("not the same file");
            }
        }

        /** Returns a file of zeros, with a number in every 37th megabyte and at its end. */
        private static Path sparseFile(Path path, long size) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(size);
                for (long at = 0; at < size; at += 37 * MIB) {
                    file.seek(at);
                    file.writeLong(at + 1);
                }
                file.seek(size - Long.BYTES);
                file.writeLong(size);
            }
            return path;
        }
    }
}
