package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store moves from SQLite to PostgreSQL as a whole or not at all, and never works in both places. */
@Timeout(60)
final class StoreMoveTest {
    private static final TestAnchor ANCHOR = new TestAnchor(1);
    private static final Instance INSTANCE = new Instance("test", Duration.ofDays(1));
    private static final int KEYS = 30;

    @TempDir
    private Path folder;

    private TestDatabase from;
    private TestDatabase to;
    private final List<KeyRecord> keys = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void fill() {
        from = new SqliteTestDatabase(folder);
        to = new PostgresTestDatabase(folder);
        try (Store store = from.open(ANCHOR, INSTANCE)) {
            for (int i = 0; i < KEYS; i++) {
                int number = i;
                keys.add(store.write(tx -> {
                    tx.audit(TestKeys.event("CreateKey"));
                    // every second one with a version that has no token yet
                    return tx.insert(TestKeys.key("\u00e6\u00f8\u00e5-\ud83d\udd11-" + number)
                            .change(draft -> number % 2 == 0
                                    ? draft
                                    : draft.version(KeyVersionRecord.creating(new KeyVersionId(5), TestKeys.NOON))));
                }));
            }
            store.write(tx -> tx.reserve(TestKeys.current(keys.get(3)), 0, 5, 9));
            store.audit(List.of(TestKeys.event("Encrypt"), TestKeys.event("Decrypt")));
            events.addAll(events(store));
        }
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void move_takesEverythingAndTheOldStoreIsNotOpenedAgain() {
        move(from.dialect(), to.dialect());

        try (Store store = to.open(ANCHOR, INSTANCE)) {
            for (KeyRecord key : keys) {
                assertThat(store.key(key.id())).get().usingRecursiveComparison().isEqualTo(key);
                assertThat(store.idOfAlias(key.alias())).contains(key.id());
            }
            assertThat(store.count(KeyQuery.all())).isEqualTo(KEYS);
            assertThat(events(store)).isEqualTo(events);
            assertThat(store.verifyAudit()).isEmpty();
            Store.Block uses = store.write(tx -> tx.reserve(TestKeys.current(keys.get(3)), 0, 5, 9));
            assertThat(uses).isEqualTo(new Store.Block(5, 9));
            store.write(tx -> tx.insert(TestKeys.key("more")));
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> from.open(ANCHOR, INSTANCE))
                .withMessage("the store was moved to another database")
                .matches(e -> !e.isRetryable());
    }

    @Test
    void move_whileAProcessUsesTheStore_isRefused() {
        try (Store user = from.open(ANCHOR, INSTANCE)) {
            user.audit(List.of(TestKeys.event("A")));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> move(from.dialect(), to.dialect()))
                    .withMessageContaining("in use")
                    .withMessageContaining("test");

            user.write(tx -> tx.insert(TestKeys.key("more")));
        }
        move(from.dialect(), to.dialect());
    }

    @Test
    void processThatHadTheOldStoreOpen_canNeitherChangeNorRecordAnything() {
        try (Store idle = from.open(ANCHOR, INSTANCE)) {
            move(from.dialect(), to.dialect());

            for (Runnable use : List.<Runnable>of(
                    () -> idle.audit(List.of(TestKeys.event("Encrypt"))),
                    () -> idle.write(tx -> tx.insert(TestKeys.key("more"))),
                    () -> idle.write(tx -> tx.update(keys.get(0).change(draft -> draft.description("x")))),
                    () -> idle.lease("maintenance", Duration.ofSeconds(1)))) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(use::run)
                        .withMessageContaining("the store was moved to another database")
                        .matches(e -> !e.isRetryable());
            }
        }
    }

    @Test
    void move_toADatabaseWithAStore_isRefusedAndChangesNothing() throws Exception {
        to.open(ANCHOR, INSTANCE).close();
        TestDatabase.Snapshot target = to.snapshot();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> move(from.dialect(), to.dialect()))
                .withMessageContaining("expected none");

        assertThat(target.isUnchanged()).isTrue();
        from.open(ANCHOR, INSTANCE).close();
    }

    @Test
    void move_ofARowThatWasTampered_isRefusedAndTheOldStoreGoesOn() throws Exception {
        try (Tamper tamper = from.tamper()) {
            tamper.run(
                    "UPDATE kms_key SET state = 'Disabled' WHERE id = ?",
                    keys.get(7).id().toString());
        }

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> move(from.dialect(), to.dialect()))
                .withMessageContaining("kms_key row " + keys.get(7).id());

        assertOnlyTheOldStoreWorks();
    }

    @Test
    void move_ofUsesThatWereTampered_isRefusedAndTheOldStoreGoesOn() throws Exception {
        try (Tamper tamper = from.tamper()) {
            tamper.run("UPDATE kms_version_usage SET reserved = 0");
        }

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> move(from.dialect(), to.dialect()))
                .withMessageContaining("kms_version_usage row " + keys.get(3).id());

        assertOnlyTheOldStoreWorks();
    }

    @Test
    void move_ofAnEventThatWasTampered_isRefusedAndTheOldStoreGoesOn() throws Exception {
        try (Tamper tamper = from.tamper()) {
            tamper.run("DELETE FROM kms_audit_event WHERE sequence = 3");
        }

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> move(from.dialect(), to.dialect()))
                .withMessageContaining("the audit does not pass its check")
                .withMessageContaining("/3: missing");

        assertOnlyTheOldStoreWorks();
    }

    private void assertOnlyTheOldStoreWorks() throws SQLException {
        try (Store store = from.open(ANCHOR, INSTANCE)) {
            assertThat(store.write(tx -> tx.insert(TestKeys.key("more"))).rowVersion())
                    .isEqualTo(1);
        }
        try (Tamper look = to.tamper()) {
            assertThat(look.rows("SELECT to_regclass('kms_key') AS name").get(0))
                    .containsEntry("name", null);
        }
    }

    /** A target whose commit fails as told; when it is told to be gone, nothing works afterwards. */
    private static final class BadTarget extends DelegatingDialect {
        private boolean commitFirst;
        private boolean dieAtCommit;
        private boolean isGone;
        private int commits;

        BadTarget(Dialect dialect) {
            super(dialect);
        }

        @Override
        public Session connect(Access access) throws SQLException {
            if (isGone) {
                throw new SQLException("gone", "08006");
            }
            return super.connect(access);
        }

        @Override
        public void commit(Session session) throws SQLException {
            if (++commits == 2) { // the first one is that of looking whether the target is empty
                if (commitFirst) {
                    super.commit(session);
                }
                isGone = dieAtCommit;
                throw new SQLException("gone", "08006");
            }
            super.commit(session);
        }
    }

    @Test
    void move_whoseCommitFailed_leavesTheOldStoreAtWork() throws Exception {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> move(from.dialect(), new BadTarget(to.dialect())))
                .matches(StoreException::isRetryable);

        assertOnlyTheOldStoreWorks();
        move(from.dialect(), to.dialect());
    }

    @Test
    void move_whoseCommitHappenedAndWasReportedAsFailed_isOver() {
        BadTarget target = new BadTarget(to.dialect());
        target.commitFirst = true;

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> move(from.dialect(), target));

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> from.open(ANCHOR, INSTANCE));
        move(from.dialect(), to.dialect());
        assertMoved();
    }

    @Test
    void move_whoseTargetDisappearedAtTheCommit_isFinishedByTheNextOne() {
        for (boolean committed : new boolean[] {false, true}) {
            BadTarget target = new BadTarget(to.dialect());
            target.commitFirst = committed;
            target.dieAtCommit = true;

            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> move(from.dialect(), target));
            // nobody knows whether the new store is there, so nobody may use the old one
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> from.open(ANCHOR, INSTANCE));
        }

        move(from.dialect(), to.dialect());
        assertMoved();
    }

    private void assertMoved() {
        try (Store store = to.open(ANCHOR, INSTANCE)) {
            assertThat(store.count(KeyQuery.all())).isEqualTo(KEYS);
            assertThat(events(store)).isEqualTo(events);
        }
    }

    private static void move(Dialect from, Dialect to) {
        try (Connections source = new Connections(from);
                Connections target = new Connections(to)) {
            new StoreMove(source, target).run(ANCHOR);
        }
    }

    private static List<String> events(Store store) {
        List<AuditEntry> entries = new ArrayList<>();
        store.readAudit(entries::add);
        return entries.stream()
                .map(entry -> entry.chain() + "/" + entry.sequence() + " " + entry.event())
                .toList();
    }
}
