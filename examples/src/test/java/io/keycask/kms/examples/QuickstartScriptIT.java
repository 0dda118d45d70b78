package io.keycask.kms.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/quickstart} as a user starts it: what it makes, and what it leaves when something is wrong. */
final class QuickstartScriptIT {
    private static final String SCRIPT =
            Path.of("../bin/quickstart").toAbsolutePath().normalize().toString();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_000_000})
    void quickstart_ofAFile_makesMessageAndCopy(int size) throws Exception {
        Path file = fileOf(size);

        ForkedProcess quickstart = quickstart(file.toString());

        assertThat(quickstart.status()).as(quickstart.output()).isZero();
        assertThat(quickstart.output())
                .contains("the same, byte for byte")
                .contains("[########################################]")
                .contains("MB/s")
                .contains("keycask-quickstart/keys.db")
                .contains("state Enabled, spec AES_256");
        assertThat(names()).containsExactly("file.bin", "file.bin.decrypted", "file.bin.kms", "keycask-quickstart");
        assertThat(folder.resolve("file.bin.decrypted")).hasSameBinaryContentAs(file);
    }

    @Test
    void quickstart_withoutAFile_makesOne() throws Exception {
        ForkedProcess quickstart =
                run("TMPDIR=" + folder + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + folder + " " + SCRIPT);

        assertThat(quickstart.status()).as(quickstart.output()).isZero();
        assertThat(quickstart.output()).contains("67.1 MB").contains("the same, byte for byte");
        assertThat(names()).singleElement().asString().startsWith("keycask-");
    }

    @Test
    void quickstart_twice_refusesTheExistingOutput() throws Exception {
        Path file = fileOf(1_000);
        quickstart(file.toString());
        byte[] message = Files.readAllBytes(folder.resolve("file.bin.kms"));

        ForkedProcess second = quickstart(file.toString());
        ForkedProcess forced = quickstart("--force", file.toString());

        assertFailsWith(second, file + ".kms: exists; --force replaces it");
        assertThat(forced.status()).as(forced.output()).isZero();
        assertThat(folder.resolve("file.bin.kms"))
                .exists()
                .satisfies(now -> assertThat(Files.readAllBytes(now)).isNotEqualTo(message));
        assertThat(forced.output()).contains("3 versions");
    }

    @Test
    void quickstart_existingCopy_isRefusedBeforeAnythingIsMade() throws Exception {
        Path file = fileOf(1_000);
        Files.writeString(folder.resolve("file.bin.decrypted"), "mine");

        ForkedProcess quickstart = quickstart(file.toString());

        assertFailsWith(quickstart, file + ".decrypted: exists; --force replaces it");
        assertThat(names()).containsExactly("file.bin", "file.bin.decrypted");
        assertThat(folder.resolve("file.bin.decrypted")).hasContent("mine");
    }

    @Test
    void quickstart_keysElsewhere_putsThemThere() throws Exception {
        Path file = fileOf(1_000);

        ForkedProcess quickstart = quickstart("--keys", folder.resolve("a/b").toString(), "--", file.toString());

        assertThat(quickstart.status()).as(quickstart.output()).isZero();
        assertThat(folder.resolve("a/b/keys.db")).exists();
        assertThat(folder.resolve("a/b/secrets/root.key")).exists();
        assertThat(names()).containsExactly("a", "file.bin", "file.bin.decrypted", "file.bin.kms");
    }

    @Test
    void quickstart_relativeFile_isThatOfTheCallersFolder() throws Exception {
        fileOf(1_000);

        assertThat(quickstart("file.bin").status()).isZero();
        assertThat(names()).contains("file.bin.kms");
    }

    @Test
    void quickstart_missingFile_fails() throws Exception {
        assertFailsWith(quickstart("none"), "none: no such file");
        assertThat(names()).isEmpty();
    }

    @Test
    void quickstart_folder_fails() throws Exception {
        assertFailsWith(quickstart(folder.toString()), folder + ": a folder; expected a file");
        assertThat(names()).isEmpty();
    }

    @Test
    void quickstart_fileWithoutReadPermission_fails() throws Exception {
        Path file = fileOf(1_000);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads every file");

        assertFailsWith(quickstart(file.toString()), file + ": permission denied");
        assertThat(names()).containsExactly("file.bin");
    }

    @Test
    void quickstart_fileWhoseBytesCannotBeRead_fails() throws Exception {
        Path file = Path.of("/proc/self/mem"); // a regular file that opens, and whose first byte is unreadable
        assumeTrue(Files.isReadable(file), "no " + file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        ForkedProcess quickstart = quickstart(link.toString());

        assertFailsWith(quickstart, "Input/output error");
        assertThat(names()).containsExactly("keycask-quickstart", "link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "one two", "--keys"})
    void quickstart_senselessOptions_failWithUsage(String options) throws Exception {
        ForkedProcess quickstart = run(SCRIPT + " " + options);

        assertThat(quickstart.status()).isEqualTo(2);
        assertThat(quickstart.output()).contains("usage: quickstart");
        assertThat(names()).isEmpty();
    }

    /** The file has 2,500 KiB; the disk leaves too little for the store, the message, and its rewrapped copy. */
    @ParameterizedTest(name = "{0} KiB")
    @ValueSource(ints = {2_510, 4_000, 6_500})
    void quickstart_fullDisk_failsAndLeavesNoOutput(int diskKiB) throws Exception {
        ForkedProcess probe = run("unshare --mount true");
        assumeTrue(probe.status() == 0, "cannot mount a small disk here: " + probe.output());
        Path disk = Files.createDirectory(folder.resolve("disk"));

        // the mount lives in a name space of its own and goes with it
        ForkedProcess quickstart = run("unshare --mount bash -c '"
                + "mount -t tmpfs -o size=" + diskKiB + "k tmpfs " + disk + " || exit 99; cd " + disk
                + " && head -c 2560000 /dev/urandom >file.bin && " + SCRIPT + " file.bin; status=$?;"
                + " find . -type f -not -path \"./keycask-quickstart/*\" -printf \"left %p\\n\"; exit $status'");

        assumeTrue(quickstart.status() != 99, "cannot mount a small disk here: " + quickstart.output());
        assertThat(quickstart.status()).as(quickstart.output()).isEqualTo(1);
        assertThat(quickstart.output().lines().filter(line -> line.startsWith("quickstart: ")))
                .as(quickstart.output())
                .singleElement()
                .asString()
                .matches("(?i).*(no space left|full).*");
        assertThat(quickstart.output().lines().filter(line -> line.startsWith("left ")))
                .containsExactly("left ./file.bin");
    }

    private void assertFailsWith(ForkedProcess quickstart, String message) {
        assertThat(quickstart.status()).as(quickstart.output()).isEqualTo(1);
        assertThat(quickstart.output().lines().filter(line -> line.startsWith("quickstart: ")))
                .as(quickstart.output())
                .singleElement()
                .asString()
                .contains(message);
        assertThat(quickstart.output()).doesNotContain("\tat ");
    }

    private Path fileOf(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve("file.bin"), bytes);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private ForkedProcess quickstart(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT));
        command.addAll(List.of(arguments));
        return ForkedProcess.run(folder, command);
    }

    private ForkedProcess run(String commandLine) throws IOException, InterruptedException {
        return ForkedProcess.run(folder, List.of("bash", "-c", commandLine));
    }
}
