package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one database: at once, on a fresh one, and killed at any moment. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class ProcessesContract {
    private static final int MAX_LINES_BEFORE_KILL = 80;

    private final TestDatabase.Kind kind;
    private final int kills;

    @TempDir
    private Path folder;

    private TestDatabase database;

    ProcessesContract(TestDatabase.Kind kind, int kills) {
        this.kind = kind;
        this.kills = kills;
    }

    @BeforeEach
    void create() {
        database = kind.create(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void processes_thatOpenAFreshFileAtOnce_agreeOnOneStore() throws Exception {
        List<Process> openers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            openers.add(StoreWorker.start(folder, List.of(), "open", database.address(), 0));
        }

        for (Process opener : openers) {
            assertThat(linesOf(opener)).containsExactly("DONE");
        }

        try (Tamper look = database.tamper()) {
            assertThat(look.rows("SELECT * FROM kms_store")).hasSize(1);
        }
        open().close();
    }

    @Test
    void processes_thatCountAtOnce_loseAndDoubleNothing() throws Exception {
        int rounds = 400;
        KeyRecord counter;
        try (Store store = open()) {
            counter = store.write(
                    tx -> tx.insert(TestKeys.key(StoreWorker.COUNTER).change(draft -> draft.description("0"))));
        }

        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(StoreWorker.start(folder, List.of(), "count", database.address(), rounds));
        }
        for (Process worker : workers) {
            assertThat(linesOf(worker)).containsExactly("READY", "DONE");
        }

        try (Store store = open()) {
            KeyRecord after = store.key(counter.id()).orElseThrow();
            assertThat(after.description()).isEqualTo(String.valueOf(3 * rounds));
            assertThat(after.rowVersion()).isEqualTo(1 + 3 * rounds);
            assertThat(events(store)).hasSize(3 * rounds);
            assertThat(store.verifyAudit()).isEmpty();
        }
    }

    @Test
    void kill_atRandomMoments_losesNothingAcknowledged() throws Exception {
        killAndCheck(kills, 20261124);
    }

    @Test
    @Tag("soak")
    void kill_atManyRandomMoments_losesNothingAcknowledged() throws Exception {
        killAndCheck(10 * kills, System.nanoTime());
    }

    /** Checks that nothing in the database is damaged, as far as the database itself can tell. */
    abstract void assertIntact(Tamper look) throws Exception;

    /** Kills two processes per round, which write to one database at once. */
    private void killAndCheck(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        int chains = 0;
        for (int round = 0; round < rounds; round++) {
            Process first = StoreWorker.start(folder, List.of(), "write", database.address(), Integer.MAX_VALUE);
            Process second = StoreWorker.start(folder, List.of(), "write", database.address(), Integer.MAX_VALUE);
            for (Process process : List.of(first, second)) {
                List<String> lines = killAfter(process, random.nextInt(1, MAX_LINES_BEFORE_KILL));
                chains += lines.isEmpty() ? 0 : 1;
                acknowledged.addAll(lines);
            }
        }

        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(rounds * 10);
        try (Tamper look = database.tamper()) {
            assertIntact(look);
            look.run("UPDATE kms_lease SET expires_ms = 0"); // as if the heartbeats of the killed ones were over
        }
        try (Store store = open()) {
            Map<KeyId, Long> versions = new HashMap<>();
            for (String line : acknowledged) {
                String[] words = line.split(" ", -1);
                versions.merge(KeyId.parse(words[0]), Long.valueOf(words[1]), Math::max);
            }
            versions.forEach((id, version) ->
                    assertThat(store.key(id).orElseThrow().rowVersion()).isGreaterThanOrEqualTo(version));
            assertThat(store.count(KeyQuery.all())).isGreaterThanOrEqualTo(versions.size());
            assertEveryChangeIsAudited(store, chains);
        }
    }

    private static void assertEveryChangeIsAudited(Store store, int chains) {
        List<String> events = events(store);
        long keys = store.count(KeyQuery.all());
        assertThat(events).filteredOn("CreateKey"::equals).hasSize((int) keys);
        assertThat(events).filteredOn("RotateKey"::equals).hasSize(rotations(store));
        assertThat(events).filteredOn("AuditChainInterrupted"::equals).hasSizeGreaterThanOrEqualTo(chains);
        assertThat(store.verifyAudit()).isEmpty();
    }

    private static int rotations(Store store) {
        int rotations = 0;
        KeyQuery query = KeyQuery.all().limit(KeyQuery.MAX_LIMIT);
        for (var page = store.keys(query);
                ;
                page = store.keys(query.after(page.next().get()))) {
            rotations += page.items().stream()
                    .mapToInt(key -> key.versions().size() - 2)
                    .sum();
            if (page.next().isEmpty()) {
                return rotations;
            }
        }
    }

    private static List<String> killAfter(Process process, int lines) throws Exception {
        List<String> seen = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("READY");
            for (int i = 0; i < lines; i++) {
                seen.add(reader.readLine());
            }
            process.toHandle().destroyForcibly(); // not process.destroyForcibly(): that would close the pipe
            reader.lines().forEach(seen::add);
        }
        process.waitFor();
        // a line that was cut off by the kill is not an acknowledgement
        return seen.stream().filter(line -> line.matches("[0-9a-f-]{36} [12]")).toList();
    }

    private static List<String> linesOf(Process process) throws Exception {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = reader.lines().toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }

    private static List<String> events(Store store) {
        List<String> names = new ArrayList<>();
        store.readAudit(entry -> names.add(entry.event().name()));
        return names;
    }

    private Store open() {
        return database.open(StoreWorker.ANCHOR, Instance.current());
    }
}
