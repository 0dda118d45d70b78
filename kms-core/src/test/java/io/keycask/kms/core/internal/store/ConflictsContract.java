package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that are in each other's way, and a database that does not work for a while. */
@Timeout(60)
abstract class ConflictsContract {
    /** What a database reports, by its SQLState or its own code. */
    private record Report(String state, int code) {}

    private static final Report BUSY = new Report("40001", 5);
    private static final Report FULL = new Report("53100", 13);
    private static final Report CORRUPT = new Report("XX001", 11);

    private final TestDatabase.Kind kind;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private FailingDialect dialect;
    private Store store;

    ConflictsContract(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    /** A database that reports this so many times. */
    private static final class FailingDialect extends DelegatingDialect {
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger attempts = new AtomicInteger();
        volatile Report report;

        FailingDialect(Dialect dialect) {
            super(dialect);
        }

        void fail(Report withReport, int times) {
            attempts.set(0);
            report = withReport;
            failures.set(times);
        }

        @Override
        public void beginWrite(Session session) throws SQLException {
            failIfDue();
            super.beginWrite(session);
        }

        @Override
        public void beginRead(Session session) throws SQLException {
            failIfDue();
            super.beginRead(session);
        }

        private void failIfDue() throws SQLException {
            attempts.incrementAndGet();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("as told", report.state(), report.code());
            }
        }
    }

    @BeforeEach
    void open() {
        database = kind.create(folder);
        dialect = new FailingDialect(database.dialect());
        store = SqlStore.open(dialect, new TestAnchor(1), Instance.current());
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void busy_forAMoment_isNotSeen() {
        dialect.fail(BUSY, 5);

        KeyRecord key = store.write(tx -> tx.insert(TestKeys.key("orders")));
        assertThat(dialect.attempts.get()).isEqualTo(6);

        dialect.fail(BUSY, 5);
        assertThat(store.key(key.id())).isPresent();
    }

    @Test
    void busy_forLong_isRetryable() {
        dialect.fail(BUSY, Integer.MAX_VALUE);

        assertFails(true, "busy");
        assertThat(dialect.attempts.get()).isBetween(2, 100);
        dialect.fail(BUSY, 0);
        assertThat(store.write(tx -> tx.insert(TestKeys.key("orders"))).rowVersion())
                .isEqualTo(1);
    }

    @Test
    void fullDisk_isRetryableAndNotTriedAgain() {
        dialect.fail(FULL, 1);

        assertFails(true, "the disk of the database is full");
        assertThat(dialect.attempts.get()).isEqualTo(1);
        assertThat(store.count(KeyQuery.all())).isZero();
    }

    @Test
    void damagedFile_isNotRetryable() {
        dialect.fail(CORRUPT, 1);

        assertFails(false, "fault");
    }

    private void assertFails(boolean retryable, String message) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.write(tx -> tx.insert(TestKeys.key("orders"))))
                .withMessageContaining(message)
                .withMessageContaining("as told")
                .matches(e -> e.isRetryable() == retryable);
    }

    @Test
    void threads_thatChangeAndReadOneKeyAtOnce_loseNothingAndSeeWholeKeys() throws Exception {
        int writers = 3;
        int rounds = 150;
        KeyRecord key = store.write(tx -> tx.insert(TestKeys.bare("orders", TestKeys.NOON)));
        ExecutorService threads = Executors.newFixedThreadPool(2 * writers);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < writers; thread++) {
            all.add(threads.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    store.write(tx -> {
                        KeyRecord now = tx.key(key.id()).orElseThrow();
                        String next = String.valueOf(now.rowVersion() + 1);
                        return tx.update(
                                now.change(draft -> draft.description(next).tags(Map.of("version", next))));
                    });
                }
            }));
            all.add(threads.submit(() -> {
                for (long seen = 1; seen < 1 + writers * rounds; ) {
                    KeyRecord now = store.key(key.id()).orElseThrow();
                    assertThat(now.rowVersion()).isGreaterThanOrEqualTo(seen);
                    seen = now.rowVersion();
                    if (seen > 1) {
                        assertThat(now.tags()).containsEntry("version", String.valueOf(seen));
                        assertThat(now.description()).isEqualTo(String.valueOf(seen));
                    }
                }
            }));
        }

        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(store.rowVersion(key.id())).isEqualTo(1 + writers * rounds);
    }
}
