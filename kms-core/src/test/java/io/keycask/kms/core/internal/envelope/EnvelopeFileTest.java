package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvelopeFileTest {
    private static final int SIZE = 3 * 1024 * 1024 + 7;

    private final Fixture fixture = Fixture.standard();
    private final byte[] plaintext = Fixture.plaintext(SIZE);

    @TempDir
    private Path folder;

    private Path source;
    private Path message;
    private Path opened;

    @BeforeEach
    void writeSource() throws IOException {
        source = Files.write(folder.resolve("source"), plaintext);
        message = folder.resolve("message");
        opened = folder.resolve("opened");
    }

    @Test
    void encryptAndDecrypt_files_areForTheirOwnerOnly() throws IOException {
        long encrypted = fixture.cipher.encrypt(source, message, CONTEXT);
        long decrypted = fixture.decryptor.decrypt(message, opened, CONTEXT);

        assertThat(encrypted).isEqualTo(SIZE);
        assertThat(decrypted).isEqualTo(SIZE);
        assertThat(Files.mismatch(source, opened)).isEqualTo(-1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(message)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened)))
                .isEqualTo("rw-------");
        assertThat(filesInFolder()).containsExactlyInAnyOrder("source", "message", "opened");
    }

    @Test
    void encrypt_targetExists_isRefusedAndUnchanged() throws IOException {
        Files.writeString(message, "precious");

        assertThatThrownBy(() -> fixture.cipher.encrypt(source, message, CONTEXT))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(message).hasContent("precious");
        assertThat(filesInFolder()).containsExactlyInAnyOrder("source", "message");
        assertThat(fixture.source.calls()).isZero();
    }

    @Test
    void encrypt_targetAppearsMeanwhile_isNotReplaced() throws IOException {
        FileOptions options = FileOptions.standard().listener((done, total) -> {
            if (!Files.exists(message)) {
                writePrecious();
            }
            return true;
        });

        assertThatThrownBy(() -> fixture.cipher.encrypt(source, message, CONTEXT, options))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(message).hasContent("precious");
        assertThat(filesInFolder()).containsExactlyInAnyOrder("source", "message");
    }

    private void writePrecious() {
        try {
            Files.writeString(message, "precious");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void encrypt_replaceExisting_replacesEvenTheSource() throws IOException {
        FileOptions replacing = FileOptions.standard().replaceExisting();

        long unused = fixture.cipher.encrypt(source, source, CONTEXT, replacing);
        long unusedToo = fixture.decryptor.decrypt(source, opened, CONTEXT, replacing);

        assertThat(opened).hasBinaryContent(plaintext);
    }

    @Test
    void decrypt_messageRejected_leavesNothingBehind() throws IOException {
        byte[] cut = Arrays.copyOf(fixture.encrypt(SIZE), SIZE);
        Files.write(message, cut);
        Files.writeString(opened, "precious");

        assertThatThrownBy(() -> fixture.decryptor.decrypt(
                        message, opened, CONTEXT, FileOptions.standard().replaceExisting()))
                .isInstanceOf(DecryptionException.class);

        assertThat(opened).hasContent("precious");
        assertThat(filesInFolder()).containsExactlyInAnyOrder("source", "message", "opened");
    }

    @Test
    void encrypt_noSource_isAnErrorAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> fixture.cipher.encrypt(folder.resolve("none"), message, CONTEXT))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fixture.cipher.encrypt(source, folder.resolve("no/message"), CONTEXT))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fixture.cipher.encrypt(folder, message, CONTEXT))
                .isInstanceOf(IOException.class);

        assertThat(filesInFolder()).containsExactly("source");
    }

    @Test
    void encrypt_listener_hearsOfProgressUpToTheEnd() throws IOException {
        List<Long> heard = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        FileOptions options = FileOptions.standard().listener((done, total) -> {
            totals.add(total);
            return heard.add(done);
        });

        long unused = fixture.cipher.encrypt(source, message, CONTEXT, options);

        assertThat(heard).hasSizeGreaterThanOrEqualTo(3).isSorted().endsWith((long) SIZE);
        assertThat(totals).containsOnly((long) SIZE);
    }

    @Test
    void encrypt_cancelledAnywhere_leavesNothingBehind() throws IOException {
        for (int allowed = 0; allowed < 4; allowed++) {
            int[] left = {allowed};
            FileOptions options = FileOptions.standard().listener((done, total) -> left[0]-- > 0);

            assertThatThrownBy(() -> fixture.cipher.encrypt(source, message, CONTEXT, options))
                    .isInstanceOf(CancellationException.class);

            assertThat(filesInFolder()).containsExactly("source");
        }
    }

    @Test
    void rewrap_cancelled_leavesTheOldMessage() throws IOException {
        long unused = fixture.cipher.encrypt(source, message, CONTEXT);
        byte[] before = Files.readAllBytes(message);

        assertThatThrownBy(() -> fixture.cipher.rewrap(
                        message, CONTEXT, FileOptions.standard().listener((d, t) -> false)))
                .isInstanceOf(CancellationException.class);

        assertThat(message).hasBinaryContent(before);
        assertThat(filesInFolder()).containsExactlyInAnyOrder("source", "message");
    }

    @Test
    void rewrap_throughALink_replacesTheFileAndKeepsItsPermissions() throws IOException {
        long unused = fixture.cipher.encrypt(source, message, CONTEXT);
        MessageHeader before = HeaderParser.parse(Files.readAllBytes(message));
        Files.setPosixFilePermissions(message, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), message);

        long length = fixture.cipher.rewrap(link, CONTEXT);

        MessageHeader after = HeaderParser.parse(Files.readAllBytes(message));
        assertThat(length).isEqualTo(SIZE);
        assertThat(after.messageId()).isNotEqualTo(before.messageId());
        assertThat(after.commitment()).isNotEqualTo(before.commitment());
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(message)))
                .isEqualTo("rw-r-----");
        assertThat(fixture.decryptor.decrypt(Files.readAllBytes(message), CONTEXT))
                .isEqualTo(plaintext);
    }

    @Test
    void bothDirections_pipes_areReadToTheirEnd() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(run("mkfifo", pipe.toString()), "no named pipes");

        try (Feed feed = Feed.of(source, pipe)) {
            assertThat(fixture.cipher.inParallel(2).encrypt(pipe, message, CONTEXT))
                    .isEqualTo(SIZE);
            feed.join();
        }
        try (Feed feed = Feed.of(message, pipe)) {
            assertThat(fixture.cipher.inParallel(2).decrypt(pipe, opened, CONTEXT))
                    .isEqualTo(SIZE);
            feed.join();
        }

        assertThat(Files.mismatch(source, opened)).isEqualTo(-1);
    }

    @Test
    void encrypt_diskFull_isAnErrorAndLeavesNothingBehind() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()), "needs root");
        try {
            assertThatThrownBy(() -> fixture.cipher.encrypt(source, disk.resolve("message"), CONTEXT))
                    .isInstanceOf(IOException.class);

            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).isEmpty();
            }
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Writes a file into a pipe on a thread of its own. */
    private record Feed(Thread thread) implements AutoCloseable {
        static Feed of(Path file, Path pipe) {
            Thread thread = new Thread(() -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                    long unused = Files.copy(file, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return new Feed(thread);
        }

        void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
