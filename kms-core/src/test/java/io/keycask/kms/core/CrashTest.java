package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed (SIGKILL) at random moments while they write; nothing that they acknowledged may be lost. */
final class CrashTest {
    private static final int ROUNDS = 50;
    private static final int PROCESSES = 2;
    private static final int MAX_LINES_BEFORE_KILL = 60;

    @TempDir
    Path folder;

    @Test
    void kill_atRandomMoments_losesNothingAcknowledged() throws Exception {
        Files.createDirectory(folder.resolve("messages"));
        Random random = new Random(20261124);
        List<String> acknowledged = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            List<Writer> writers = new ArrayList<>();
            for (int process = 0; process < PROCESSES; process++) {
                writers.add(Writer.start(folder, "r" + round + "p" + process, random.nextInt(MAX_LINES_BEFORE_KILL)));
            }
            for (Writer writer : writers) {
                acknowledged.addAll(writer.runUntilKilled());
            }
        }

        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * PROCESSES * 5);
        assertThat(integrityOf(folder.resolve("keys.db"))).isEqualTo("ok");
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            Map<KeyId, Set<KeyVersionId>> rotated = new HashMap<>();
            for (String line : acknowledged) {
                check(kms, line.split(" ", -1), rotated);
            }
            rotated.forEach((key, versions) -> assertThat(kms.symmetricKey(key).versions())
                    .extracting(KeyVersion::id)
                    .containsAll(versions));
            checkAllKeysWork(kms);
        }
    }

    private static void check(EmbeddedKms kms, String[] words, Map<KeyId, Set<KeyVersionId>> rotated)
            throws IOException {
        switch (words[0]) {
            case "CREATED" ->
                assertThat(kms.key(KeyId.parse(words[1])).describe().state()).isEqualTo(KeyState.ENABLED);
            case "ROTATED" ->
                rotated.computeIfAbsent(KeyId.parse(words[1]), key -> new HashSet<>())
                        .add(KeyVersionId.parse(words[2]));
            case "ENCRYPTED" ->
                assertThat(kms.decrypt(Ciphertext.parseBase64(words[2]), CrashWriter.CONTEXT))
                        .isEqualTo(Base64.getDecoder().decode(words[1]));
            case "WRITTEN" ->
                assertThat(kms.envelope().decrypt(Files.readAllBytes(Path.of(words[2])), CrashWriter.CONTEXT))
                        .isEqualTo(Base64.getDecoder().decode(words[1]));
            default -> assertThat(words[0]).isEqualTo("READY");
        }
    }

    private static void checkAllKeysWork(EmbeddedKms kms) {
        SymmetricCmk shared = kms.createKeyIfAbsent(NewKey.named("shared"));
        byte[] text = "after the crash".getBytes(StandardCharsets.UTF_8);
        Ciphertext ciphertext = shared.encrypt(text, CrashWriter.CONTEXT);
        assertThat(shared.decrypt(ciphertext, CrashWriter.CONTEXT)).isEqualTo(text);
        assertThat(kms.runMaintenance().failed()).isZero();
    }

    private static String integrityOf(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            return result.getString(1);
        }
    }

    /** One process, which is killed after so many lines; where in the next operation that hits is up to the scheduler. */
    private record Writer(Process process, int lines) {
        static Writer start(Path folder, String name, int lines) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-Dorg.sqlite.tmpdir=" + folder); // a killed process leaves SQLite's native library behind
            if (Runtime.version().feature() >= 22) {
                command.add("--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashWriter.class.getName(),
                    folder.toString(),
                    name));
            return new Writer(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start(),
                    lines);
        }

        List<String> runUntilKilled() throws Exception {
            List<String> seen = new ArrayList<>();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                String line = reader.readLine();
                assertThat(line).isEqualTo("READY");
                for (int i = 0; i < lines && line != null; i++) {
                    line = reader.readLine();
                    seen.add(line);
                }
                process.toHandle().destroyForcibly(); // not process.destroyForcibly(): that would close the pipe
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                for (String rest = reader.readLine(); rest != null; rest = reader.readLine()) {
                    seen.add(rest); // acknowledged before the kill, still in the pipe; the last line may be torn
                }
            }
            return complete(seen);
        }

        private static List<String> complete(List<String> lines) {
            return lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
        }
    }
}
