package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditReport;
import io.keycask.kms.KeyId;
import io.keycask.kms.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a store from SQLite to another, empty database: keys and their uses, accounts and policies, audit chains, the sealed store key, everything but leases.
 *
 * <p>First the old store is marked, so that from then on nobody writes to it; then all rows are copied and checked in one
 * transaction of the new database. When that fails the mark is taken away. After a crash in between, the mark is there
 * and the new database is empty or complete; running again finishes what is left. So there are never two stores that
 * both work.
 */
final class StoreMove {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMove.class);
    private static final List<String> NOT_COPIED = List.of(Migration.TABLE, "kms_lease");
    private static final String IN_USE = "SELECT c.instance FROM kms_audit_chain c JOIN kms_lease l ON l.name = '"
            + AuditWriter.HEARTBEAT + "' || c.chain_id WHERE c.state = '" + AuditRows.OPEN + "' AND l.expires_ms >= ?";

    private final Connections from;
    private final Connections to;

    StoreMove(Connections from, Connections to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Moves the store.
     *
     * @throws StoreException if a process uses the store, the target is not empty, or a row does not pass its check
     */
    void run(StoreAnchor anchor) {
        Optional<String> target = storeAt(to);
        if (isMarked()) {
            if (target.isPresent() && target.equals(markedStore())) {
                LOG.info("the store was moved before");
                return;
            }
            changeMark(MovedMark::clear);
        }
        if (target.isPresent()) {
            throw StoreException.permanent("the target holds the store " + target.get() + "; expected none", null);
        }
        RowMacs macs = Retry.run(() -> StoreKey.open(from, anchor));
        changeMark(session -> {
            requireUnused(session);
            MovedMark.set(session);
        });
        copy(macs);
    }

    private void copy(RowMacs macs) {
        Optional<String> id = Optional.of(macs.storeId().toString());
        try {
            long rows = Retry.run(() -> from.read(source -> to.write(target -> copy(source, target, macs))));
            LOG.info("the store {} was moved: {} rows", id.get(), rows);
        } catch (RuntimeException e) {
            clearMarkUnlessMoved(id, e);
            throw e;
        }
    }

    /** A commit that was reported as failed may have happened; if the target does not answer, the mark stays. */
    private void clearMarkUnlessMoved(Optional<String> id, RuntimeException failure) {
        try {
            if (!storeAt(to).equals(id)) {
                changeMark(MovedMark::clear);
            }
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    private long copy(Session source, Session target, RowMacs macs) throws SQLException {
        Migration.run(target, to.dialect());
        long rows = 0;
        for (String table : Migration.tables()) {
            if (!NOT_COPIED.contains(table)) {
                rows += new TableCopy(table, source, target).run();
            }
        }
        verify(target, macs);
        return rows;
    }

    /** Checks the MAC of every row of keys, uses, accounts, policies and chains, and every audit event, where they are now. */
    private void verify(Session target, RowMacs macs) throws SQLException {
        KeyRows keys = new KeyRows(macs, to.dialect());
        for (KeyId id : target.queryOnce("SELECT id FROM kms_key", result -> KeyColumns.id(result.getString(1)))) {
            keys.find(target, id);
        }
        new AccessRows(macs).check(target);
        new UsageRows(macs).check(target);
        AuditReport audit =
                AuditVerification.run(target, macs, new AuditRegistrar(macs, to.dialect()), Optional.empty());
        if (!audit.isIntact()) {
            throw StoreException.permanent("the audit does not pass its check: " + audit.faults(), null);
        }
    }

    private void requireUnused(Session session) throws SQLException {
        long now = from.dialect().time(session);
        List<String> users = session.queryOnce(IN_USE, result -> result.getString(1), now);
        if (!users.isEmpty()) {
            throw StoreException.retryable(
                    "the store is in use, or its process ended a moment ago without closing it: "
                            + String.join(", ", users),
                    null);
        }
    }

    private boolean isMarked() {
        return from.withWriter(session -> MovedMark.isSet(session, from.dialect()));
    }

    private Optional<String> markedStore() {
        return from.withWriter(StoreKey::storeId);
    }

    private interface Change {
        void of(Session session) throws SQLException;
    }

    private void changeMark(Change change) {
        Retry.run(() -> from.write(session -> {
            change.of(session);
            return true;
        }));
    }

    /** Returns the id of the store in a database, after everybody is done who is making one. */
    private static Optional<String> storeAt(Connections database) {
        Dialect dialect = database.dialect();
        return Retry.run(() -> database.write(session -> {
            dialect.lockSchema(session);
            return Migration.installed(session, dialect) == 0 ? Optional.<String>empty() : StoreKey.storeId(session);
        }));
    }
}
