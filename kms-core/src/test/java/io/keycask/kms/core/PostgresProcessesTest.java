package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.store.PostgresServer;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.TestPool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes and this one, each with an engine of its own, on one PostgreSQL database. */
@Timeout(120)
final class PostgresProcessesTest {
    private static final int PROCESSES = 3;

    @TempDir
    private Path folder;

    private String url;
    private TestPool pool;
    private EmbeddedKms kms;
    private final AtomicReference<Store> store = new AtomicReference<>();
    private final List<WorkerProcess> workers = new ArrayList<>();

    @BeforeEach
    void open() {
        url = PostgresServer.get().newSchema();
        pool = new TestPool(url);
        kms = TestKms.builder(folder, JdbcStore.postgresql(pool))
                .staleness(Duration.ZERO)
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .build();
    }

    private void startWorkers(boolean maintain) throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            workers.add(WorkerProcess.start(folder, url, maintain));
        }
        for (WorkerProcess worker : workers) {
            worker.next("READY");
        }
    }

    @AfterEach
    void close() throws Exception {
        workers.forEach(worker -> worker.send("end"));
        for (WorkerProcess worker : workers) {
            worker.end();
        }
        kms.close();
        pool.close();
    }

    @Test
    void createRotateDisable_byAllAtOnce_isDoneOnceAndSeenByAll() throws Exception {
        startWorkers(false);

        createOneAlias_byAllAtOnce_oneWins();
        rotateOneKey_byAllAtOnce_makesAVersionEach();
        disableWhileOthersEncrypt_noCallSucceedsLaterThanTheStaleness();

        assertThat(store.get().verifyAudit()).isEmpty();
    }

    private void createOneAlias_byAllAtOnce_oneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String alias = "orders-" + round;
            List<String> answers = all("create " + alias);

            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("CREATED"))
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.equals("FAILED " + ErrorCode.ALIAS_ALREADY_EXISTS + " false"))
                    .hasSize(PROCESSES - 1);
            assertThat(answers).contains("CREATED " + kms.key(alias).id());
        }
    }

    private void rotateOneKey_byAllAtOnce_makesAVersionEach() throws Exception {
        int rounds = 5;
        SymmetricCmk key = kms.createKey(NewKey.named("rotated"));
        List<KeyVersionId> made = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String answer : all("rotate " + key.id())) {
                assertThat(answer).startsWith("ROTATED ");
                made.add(KeyVersionId.parse(answer.substring("ROTATED ".length())));
            }
        }

        assertThat(key.versions()).hasSize(1 + rounds * PROCESSES);
        assertThat(key.versions()).extracting(KeyVersion::id).containsAll(made);
        for (String answer : all("encrypt " + key.id())) {
            assertThat(plaintext(answer)).isEqualTo(key.id().toString());
        }
    }

    private void disableWhileOthersEncrypt_noCallSucceedsLaterThanTheStaleness() throws Exception {
        SymmetricCmk key = kms.createKey(NewKey.named("disabled"));
        List<WorkerProcess> users = workers.subList(1, PROCESSES);
        for (WorkerProcess user : users) {
            user.send("encrypt-until-refused " + key.id());
            user.next("ENCRYPTING");
        }
        workers.get(0).send("disable " + key.id());
        long disabled = Long.parseLong(workers.get(0).next("DISABLED"));

        for (WorkerProcess user : users) {
            String[] refusal = user.next("REFUSED").split(" ", -1);
            assertThat(refusal[0]).isEqualTo(ErrorCode.CMK_DISABLED.toString());
            long lastStart = Long.parseLong(refusal[1]);
            assertThat(lastStart - disabled).isLessThanOrEqualTo(KmsWorker.STALENESS.toMillis());
        }
        assertThatExceptionOfType(KeyStateException.class)
                .isThrownBy(() -> key.encrypt(new byte[1], KmsWorker.CONTEXT));
    }

    /** Sends the command to all processes, and returns their answers. */
    private List<String> all(String command) throws Exception {
        workers.forEach(worker -> worker.send(command));
        List<String> answers = new ArrayList<>();
        for (WorkerProcess worker : workers) {
            answers.add(worker.next());
        }
        return answers;
    }

    @Test
    void leaderOfMaintenance_killed_isFollowedByAnother() throws Exception {
        startWorkers(true);
        WorkerProcess first = leaderThatRotates("first");
        long fence = fence();

        first.kill();
        long killed = System.nanoTime();
        WorkerProcess second = leaderThatRotates("second");

        assertThat(second).isNotSameAs(first);
        assertThat(fence()).isGreaterThan(fence);
        // a lease lasts two intervals, and the next holder asks once per interval; the rest is room for a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - killed))
                .isLessThan(KmsWorker.MAINTENANCE_INTERVAL.multipliedBy(3).plusSeconds(10));
        assertThat(store.get().verifyAudit()).isEmpty();
    }

    /** Makes a key whose rotation is due, and returns the process that rotated it. */
    private WorkerProcess leaderThatRotates(String alias) {
        SymmetricCmk key = kms.createKey(NewKey.named(alias));
        key.enableRotation(7);
        while (key.versions().size() == 1) {
            Thread.onSpinWait();
        }
        assertThat(key.versions()).hasSize(2);
        List<AuditEntry> rotations = new ArrayList<>();
        store.get().readAudit(entry -> {
            if (Optional.of(key.id().toString()).equals(entry.keyId())
                    && entry.event().name().equals("RotateKey")) {
                rotations.add(entry);
            }
        });
        assertThat(rotations).hasSize(1);
        String instance = query("SELECT instance FROM kms_audit_chain WHERE chain_id = '"
                + rotations.get(0).chain() + "'");
        return workers.stream()
                .filter(worker -> instance.startsWith("pid " + worker.pid() + " "))
                .findFirst()
                .orElseThrow();
    }

    private long fence() {
        return Long.parseLong(query("SELECT fence FROM kms_lease WHERE name = 'maintenance'"));
    }

    private String query(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void server_crashedAndStartedAgain_losesNothingAcknowledged() throws Exception {
        startWorkers(false);
        for (WorkerProcess worker : workers) {
            worker.send("work");
        }
        for (int i = 0; i < 5; i++) {
            for (WorkerProcess worker : workers) {
                worker.next("ENCRYPTED");
            }
        }

        PostgresServer.get().crash();
        for (WorkerProcess worker : workers) {
            worker.next("AWAY");
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> kms.createKey(NewKey.named("nowhere")))
                .matches(StoreException::isRetryable);
        PostgresServer.get().restart();

        for (WorkerProcess worker : workers) {
            for (int i = 0; i < 5; i++) {
                worker.next("ENCRYPTED");
            }
            worker.send("end");
            worker.next("DONE");
            assertThat(worker.seen()).noneMatch(line -> line.startsWith("BROKEN"));
            worker.seen().forEach(this::assertNotLost);
        }
        assertThat(kms.check().problems()).isEmpty();
        assertThat(store.get().verifyAudit()).isEmpty();
    }

    private void assertNotLost(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "CREATED" ->
                assertThat(kms.symmetricKey(KeyId.parse(words[1])).versions()).isNotEmpty();
            case "ROTATED" ->
                assertThat(kms.symmetricKey(KeyId.parse(words[1])).versions())
                        .extracting(KeyVersion::id)
                        .contains(KeyVersionId.parse(words[2]));
            case "ENCRYPTED" ->
                assertThat(kms.key(KeyId.parse(plaintext(line)))).isNotNull();
            default -> assertThat(words[0]).isIn("READY", "AWAY", "DONE");
        }
    }

    private String plaintext(String answer) {
        String ciphertext = answer.substring("ENCRYPTED ".length());
        return new String(
                kms.decrypt(Ciphertext.parseBase64(ciphertext), KmsWorker.CONTEXT), StandardCharsets.US_ASCII);
    }
}
