package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeyId;
import io.keycask.kms.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is on the disk when the power goes, which killing a process cannot show: the page cache survives that.
 *
 * <p>The system calls of a writing process are recorded. At many moments the files are built again from what had been
 * synced by then, and from that and a random half of the writes that had not; the store opens them, and everything that
 * the process had acknowledged has to be there. The same with {@code synchronous=NORMAL} has to lose something, or the
 * test would show nothing.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PowerCutTest {
    private static final int ROUNDS = 120;
    private static final String[] STRACE = {
        "strace", "-f", "-y", "-xx", "-s", "1000000", "-e", "trace=pwrite64,write,ftruncate,fsync,fdatasync", "-o"
    };

    @TempDir
    private Path folder;

    @Test
    void powerCut_anywhere_losesNothingAcknowledged() throws Exception {
        Losses losses = replay("write", 120);

        assertThat(losses.cuts()).isEqualTo(2 * 120);
        assertThat(losses.lost()).isZero();
    }

    @Test
    void powerCut_withoutWaitingForTheDisk_doesLose() throws Exception {
        Losses losses = replay("write-unsynced", 20);

        assertThat(losses.cuts()).isEqualTo(2 * 20);
        assertThat(losses.lost()).isGreaterThan(20);
    }

    /** How many moments were looked at, and at how many of them something acknowledged was missing. */
    private record Losses(int cuts, int lost) {}

    private Losses replay(String what, int moments) throws Exception {
        Path file = folder.resolve("keys.db");
        // the store is there before: what is asked here is about its changes
        SqliteStore.open(file, StoreWorker.ANCHOR, Instance.current()).close();
        Map<String, byte[]> start = Map.of("keys.db", Files.readAllBytes(file));
        List<SystemCalls.Call> calls = record(what, file);
        List<Integer> acknowledgements = acknowledgements(calls);
        assertThat(acknowledgements).hasSize(2 * ROUNDS);

        Random random = new Random(1);
        Disk disk = new Disk(start);
        Map<KeyId, Long> acknowledged = new HashMap<>();
        int cuts = 0;
        int lost = 0;
        int next = 0;
        for (int i = 0; i < calls.size(); i++) {
            disk.apply(calls.get(i));
            if (next < acknowledgements.size() && acknowledgements.get(next) == i) {
                next++;
                String[] words = calls.get(i).text().strip().split(" ", -1);
                acknowledged.put(KeyId.parse(words[0]), Long.valueOf(words[1]));
                if (next % (acknowledgements.size() / moments) == 0) {
                    lost += isLost(disk.synced(), acknowledged) ? 1 : 0;
                    lost += isLost(disk.syncedAndHalfOfTheRest(random), acknowledged) ? 1 : 0;
                    cuts += 2;
                }
            }
        }
        return new Losses(cuts, lost);
    }

    private List<SystemCalls.Call> record(String what, Path file) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> strace = new ArrayList<>(List.of(STRACE));
        strace.add(trace.toString());
        Process process;
        try {
            process = StoreWorker.start(folder, strace, what, file.toString(), ROUNDS);
        } catch (IOException e) {
            return skip("strace is not installed: " + e.getMessage());
        }
        List<String> lines;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            lines = reader.lines().toList();
        }
        if (process.waitFor() != 0 || !lines.contains("READY")) {
            return skip("strace cannot trace here: exit status " + process.exitValue());
        }
        assertThat(lines).endsWith("DONE");
        return SystemCalls.parse(trace);
    }

    /** A developer's machine may have no strace; where the project is built for others it has to be there. */
    private static List<SystemCalls.Call> skip(String reason) {
        assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
        System.out.println("SKIPPED: the replay of power cuts: " + reason);
        Assumptions.abort(reason);
        return List.of();
    }

    private static List<Integer> acknowledgements(List<SystemCalls.Call> calls) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).isOutput() && calls.get(i).text().matches("[0-9a-f-]{36} [12]\n")) {
                places.add(i);
            }
        }
        return places;
    }

    private boolean isLost(Map<String, byte[]> files, Map<KeyId, Long> acknowledged) throws Exception {
        Path place = Files.createTempDirectory(
                folder, "cut", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path copy = place.resolve(file.getKey());
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(copy, file.getValue());
        }
        boolean lost = false;
        try (Store store = SqliteStore.open(place.resolve("keys.db"), StoreWorker.ANCHOR, Instance.current())) {
            for (Map.Entry<KeyId, Long> entry : acknowledged.entrySet()) {
                lost |= store.key(entry.getKey()).map(KeyRecord::rowVersion).orElse(0L) < entry.getValue();
            }
            assertThat(store.verifyAudit()).isEmpty();
        } catch (StoreException e) {
            throw new AssertionError("the store does not open after the power cut", e);
        }
        try (Tamper look = new Tamper(place.resolve("keys.db"))) {
            assertThat(look.rows("PRAGMA integrity_check")).containsExactly(Map.of("integrity_check", "ok"));
        }
        deleteFolder(place);
        return lost;
    }

    private static void deleteFolder(Path place) throws IOException {
        try (var files = Files.list(place)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(place);
    }
}
