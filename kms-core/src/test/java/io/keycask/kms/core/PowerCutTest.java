package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keycask.kms.KeyId;
import io.keycask.kms.KmsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut at every moment at which something was acknowledged: a store made of the writes that had reached the
 * disk by then, and a random half of the others, has everything that was acknowledged.
 */
final class PowerCutTest {
    private static final int OPERATIONS = 55;
    private static final String CALLS = "openat,close,unlink,write,pwrite64,ftruncate,fsync,fdatasync";

    @TempDir
    Path folder;

    private Path recording;
    private Path store;

    @BeforeEach
    void record() throws Exception {
        requireStrace();
        recording = folder.resolve("calls");
        store = Files.createDirectory(folder.resolve("store"));
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-e",
                "trace=" + CALLS,
                "-xx",
                "-s",
                "100000",
                "-o",
                recording.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PowerCutWriter.class.getName(),
                store.toString(),
                String.valueOf(OPERATIONS)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
    }

    /** Continuous integration has strace; elsewhere a missing one is said, and not taken for success. */
    private static void requireStrace() throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder("strace", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            found = false;
        }
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(found, "strace is not installed, so the power-cut test cannot run; bin/verify installs it");
        }
        assertThat(found).as("strace").isTrue();
    }

    @Test
    void powerCut_atEveryAcknowledgement_losesNothingAcknowledged() throws Exception {
        assertThat(lostInCuts(true, 1)).hasSize(2 * OPERATIONS).containsOnly(0);
    }

    /** The same with a disk on which no fsync counts, to show that the test would notice a loss. */
    @Test
    void powerCut_onADiskThatNeverSyncs_isNoticed() throws Exception {
        assertThat(lostInCuts(false, 10).stream().filter(lost -> lost > 0)).hasSizeGreaterThan(OPERATIONS / 10);
    }

    /** Returns for every n-th acknowledgement how many of those up to then a store after a power cut has not. */
    private List<Integer> lostInCuts(boolean syncsCount, int everyNth) throws IOException {
        int[] seen = {0};
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261124);
        RecordedDisk disk = new RecordedDisk(store.resolve("keys.db"));
        Map<KeyId, Integer> acknowledged = new LinkedHashMap<>();
        List<Integer> lost = new ArrayList<>();
        disk.play(recording, printed -> {
            if (printed.startsWith(PowerCutWriter.ACKNOWLEDGED)) {
                String[] words = printed.strip().split(" ", -1);
                acknowledged.put(KeyId.parse(words[1]), Integer.valueOf(words[2]));
                if (++seen[0] % everyNth != 0) {
                    return;
                }
                try {
                    Path cut = Files.createDirectory(folder.resolve("cut" + lost.size()));
                    disk.writeTo(cut, random, syncsCount);
                    lost.add(missing(cut, acknowledged));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        return lost;
    }

    private int missing(Path cut, Map<KeyId, Integer> acknowledged) throws IOException {
        Path secrets = Files.createDirectory(cut.resolve("secrets"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        Files.copy(store.resolve("secrets/root.key"), secrets.resolve("root.key"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String name : List.of("keys.db", "keys.db-wal")) {
            if (Files.exists(cut.resolve(name))) {
                Files.setPosixFilePermissions(cut.resolve(name), PosixFilePermissions.fromString("rw-------"));
            }
        }
        int missing = 0;
        try (EmbeddedKms kms = TestKms.builder(cut).build()) {
            for (Map.Entry<KeyId, Integer> key : acknowledged.entrySet()) {
                try {
                    missing += kms.symmetricKey(key.getKey()).versions().size() < key.getValue() ? 1 : 0;
                } catch (KmsException e) {
                    missing++;
                }
            }
            return missing;
        } catch (KmsException e) {
            return acknowledged.size();
        }
    }
}
