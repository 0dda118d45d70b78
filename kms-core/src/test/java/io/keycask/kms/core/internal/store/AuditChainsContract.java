package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chain of a process: how it begins and ends, and what happens when a commit, a process or a row goes astray. */
@Timeout(60)
abstract class AuditChainsContract {
    private static final TestAnchor ANCHOR = new TestAnchor(1);
    private static final Instance INSTANCE = new Instance("test", Duration.ofDays(1));
    private static final String AWAY_STATE = "08006";
    private static final int AWAY_CODE = 10;
    private static final String OF_PROCESSES = "chain_id <> '00000000-0000-0000-0000-000000000000'";
    private static final String INTERRUPTED = "AuditChainInterrupted";

    private final TestDatabase.Kind kind;

    @TempDir
    private Path folder;

    private TestDatabase database;

    AuditChainsContract(TestDatabase.Kind kind) {
        this.kind = kind;
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
    void chain_beginsWithTheFirstEventAndIsClosedWithTheStore() throws Exception {
        open().close();
        assertThat(chains()).isEmpty();

        try (Store store = open()) {
            store.audit(List.of(TestKeys.event("A"), TestKeys.event("B")));
            assertThat(chains()).containsExactly(Map.of("state", "O", "head_sequence", 2L));
        }

        assertThat(chains()).containsExactly(Map.of("state", "C", "head_sequence", 2L));
        assertThat(rows("SELECT * FROM kms_lease")).isEmpty();
    }

    @Test
    void chains_ofTwoStoresAtOnce_areApart() {
        try (Store first = open();
                Store second = open()) {
            first.audit(List.of(TestKeys.event("A")));
            second.audit(List.of(TestKeys.event("B")));
            first.audit(List.of(TestKeys.event("C")));

            List<AuditEntry> entries = new ArrayList<>();
            first.readAudit(entries::add);
            assertThat(entries).extracting(AuditEntry::chain).doesNotContainNull();
            assertThat(entries.stream().map(AuditEntry::chain).distinct()).hasSize(2);
            assertThat(second.verifyAudit()).isEmpty();
            assertThat(names(first)).doesNotContain(INTERRUPTED);
        }
    }

    @Test
    void chain_ofAProcessThatIsGone_isRecordedOnceByWhoeverComesNext() throws Exception {
        leaveAnOpenChain();
        tamper("UPDATE kms_lease SET expires_ms = 0");

        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Store>> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opened.add(threads.submit(this::open));
        }
        for (Future<Store> one : opened) {
            one.get().close();
        }
        threads.shutdown();

        try (Store store = open()) {
            List<AuditEvent> events = events(store);
            assertThat(events).extracting(AuditEvent::name).containsExactlyInAnyOrder("A", INTERRUPTED);
            AuditEvent recorded = events.stream()
                    .filter(event -> event.name().equals(INTERRUPTED))
                    .findFirst()
                    .orElseThrow();
            assertThat(recorded.caller()).isEqualTo("system:audit");
            assertThat(recorded.details()).containsEntry("events", "1").containsEntry("instance", "test");
            assertThat(store.verifyAudit()).isEmpty();
        }
    }

    @Test
    void chain_whoseProcessGivesSignsOfLife_isNotRecorded() throws Exception {
        leaveAnOpenChain();

        try (Store store = open()) {
            assertThat(names(store)).containsExactly("A");
        }
    }

    @Test
    void chain_ofARunningStoreThatWasDeclaredInterrupted_isGoneOnWithInANewOne() throws Exception {
        try (Store sleeper = open()) {
            sleeper.audit(List.of(TestKeys.event("A")));
            tamper("UPDATE kms_lease SET expires_ms = 0");
            open().close();

            sleeper.audit(List.of(TestKeys.event("B")));

            assertThat(names(sleeper)).containsExactlyInAnyOrder("A", "B", INTERRUPTED);
            assertThat(sleeper.verifyAudit()).isEmpty();
        }
        assertThat(chains()).extracting(chain -> chain.get("state")).containsExactlyInAnyOrder("I", "C", "C");
    }

    @Test
    void upkeep_keepsTheChainAliveAndFindsThoseOfOthers() throws Exception {
        leaveAnOpenChain();
        try (Store store = database.open(ANCHOR, new Instance("short", Duration.ofMillis(200)))) {
            store.audit(List.of(TestKeys.event("B")));
            tamper("UPDATE kms_lease SET expires_ms = 0");

            while (!names(store).contains(INTERRUPTED)) {
                Thread.onSpinWait();
            }

            long alive = (Long) rows("SELECT expires_ms FROM kms_lease").get(0).get("expires_ms");
            assertThat(alive).isPositive();
            assertThat(names(store)).containsExactlyInAnyOrder("A", "B", INTERRUPTED);
        }
    }

    /** A commit that happened although it was reported as failed, and one that did not. */
    private static final class BadCommits extends DelegatingDialect {
        private boolean failBefore;
        private boolean failAfter;

        BadCommits(Dialect dialect) {
            super(dialect);
        }

        @Override
        public void commit(Session session) throws SQLException {
            if (failBefore) {
                failBefore = false;
                throw new SQLException("away", AWAY_STATE, AWAY_CODE);
            }
            super.commit(session);
            if (failAfter) {
                failAfter = false;
                throw new SQLException("away", AWAY_STATE, AWAY_CODE);
            }
        }
    }

    @Test
    void commit_thatFailed_leavesTheChainAsItWas() {
        BadCommits dialect = new BadCommits(database.dialect());
        try (Store store = SqlStore.open(dialect, ANCHOR, INSTANCE)) {
            store.audit(List.of(TestKeys.event("A")));
            dialect.failBefore = true;

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.audit(List.of(TestKeys.event("B"))))
                    .matches(StoreException::isRetryable);
            store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.audit(List.of(TestKeys.event("C")));

            assertThat(names(store)).containsExactly("A", "C");
            assertThat(store.verifyAudit()).isEmpty();
        }
    }

    @Test
    void commit_thatHappenedAndWasReportedAsFailed_isGoneOnFrom() {
        BadCommits dialect = new BadCommits(database.dialect());
        try (Store store = SqlStore.open(dialect, ANCHOR, INSTANCE)) {
            store.audit(List.of(TestKeys.event("A")));
            dialect.failAfter = true;

            assertThatThrownBy(() -> store.audit(List.of(TestKeys.event("B")))).isInstanceOf(StoreException.class);
            store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.audit(List.of(TestKeys.event("C")));

            assertThat(names(store)).containsExactly("A", "B", "C");
            assertThat(store.verifyAudit()).isEmpty();
        }
    }

    @Test
    void firstCommit_thatHappenedAndWasReportedAsFailed_losesNothing() {
        BadCommits dialect = new BadCommits(database.dialect());
        try (Store store = SqlStore.open(dialect, ANCHOR, INSTANCE)) {
            dialect.failAfter = true;

            assertThatThrownBy(() -> store.audit(List.of(TestKeys.event("A")))).isInstanceOf(StoreException.class);
            store.audit(List.of(TestKeys.event("B")));

            assertThat(names(store)).containsExactlyInAnyOrder("A", "B");
            assertThat(store.verifyAudit()).isEmpty();
        }
    }

    @Test
    void chainRow_putBackToAnOlderCopyUnderARunningStore_isNoticed() throws Exception {
        try (Store store = open()) {
            store.audit(List.of(TestKeys.event("A")));
            Map<String, Object> older =
                    rows("SELECT * FROM kms_audit_chain WHERE " + OF_PROCESSES).get(0);
            store.audit(List.of(TestKeys.event("B")));
            tamper("DELETE FROM kms_audit_event WHERE sequence = 2 AND " + OF_PROCESSES);
            tamper("DELETE FROM kms_audit_chain WHERE " + OF_PROCESSES);
            try (Tamper tamper = database.tamper()) {
                tamper.insert("kms_audit_chain", older);
            }

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.audit(List.of(TestKeys.event("C"))))
                    .matches(e -> !e.isRetryable())
                    .withMessageContaining("kms_audit_chain row " + older.get("chain_id"));
        }
    }

    @Test
    void verify_everyKindOfTamperingAtEveryPlace_isFoundAndNamed() throws Exception {
        int events = 12;
        try (Store store = open()) {
            for (int i = 1; i <= events; i++) {
                store.audit(List.of(TestKeys.event("E" + i)));
            }
        }
        TestDatabase.Snapshot before = database.snapshot();
        for (int i = 1; i <= events; i++) {
            String here = " WHERE " + OF_PROCESSES + " AND sequence = " + i;
            assertFault(before, i, "UPDATE kms_audit_event SET body = replace(body, 'root', 'toor')" + here);
            assertFault(before, i, "UPDATE kms_audit_event SET time_ms = time_ms + 1" + here);
            assertFault(before, i, "UPDATE kms_audit_event SET key_id = NULL" + here);
            assertFault(before, i, "DELETE FROM kms_audit_event" + here);
            assertFault(before, i, "DELETE FROM kms_audit_event" + here.replace(" = ", " >= "));
            assertFault(
                    before,
                    i,
                    "UPDATE kms_audit_event SET (body, hash) = (SELECT body, hash FROM kms_audit_event o"
                            + " WHERE o.chain_id = kms_audit_event.chain_id AND o.sequence = " + (i % events + 1)
                            + ")" + here);
        }
        assertFault(
                before,
                events + 1,
                "INSERT INTO kms_audit_event SELECT chain_id, sequence + 1, time_ms, key_id, hash, body"
                        + " FROM kms_audit_event WHERE " + OF_PROCESSES + " AND sequence = " + events);
    }

    private void assertFault(TestDatabase.Snapshot before, int sequence, String sql) throws Exception {
        before.restore();
        tamper(sql);

        try (Store store = open()) {
            assertThat(store.verifyAudit())
                    .as(sql)
                    .singleElement()
                    .asString()
                    .matches("kms_audit_event row [0-9a-f-]{36}/" + sequence + ": .*");
        }
    }

    @Test
    void verify_chainRowThatIsGone_isFound() throws Exception {
        try (Store store = open()) {
            store.audit(List.of(TestKeys.event("A")));
        }
        tamper("DELETE FROM kms_audit_chain WHERE " + OF_PROCESSES);

        try (Store store = open()) {
            assertThat(store.verifyAudit()).singleElement().asString().contains("the chain is gone");
        }
    }

    /** Leaves a chain as a process does that is killed: what was in the database while the store was open. */
    private void leaveAnOpenChain() throws Exception {
        TestDatabase.Snapshot open;
        try (Store store = open()) {
            store.audit(List.of(TestKeys.event("A")));
            open = database.snapshot();
        }
        open.restore();
    }

    private Store open() {
        return database.open(ANCHOR, INSTANCE);
    }

    private static List<AuditEvent> events(Store store) {
        List<AuditEvent> events = new ArrayList<>();
        store.readAudit(entry -> events.add(entry.event()));
        return events;
    }

    private static List<String> names(Store store) {
        return events(store).stream().map(AuditEvent::name).toList();
    }

    private List<Map<String, Object>> chains() throws SQLException {
        return rows("SELECT state, head_sequence FROM kms_audit_chain WHERE " + OF_PROCESSES);
    }

    private List<Map<String, Object>> rows(String sql) throws SQLException {
        try (Tamper look = database.tamper()) {
            return look.rows(sql);
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Tamper tamper = database.tamper()) {
            tamper.run(sql);
        }
    }
}
