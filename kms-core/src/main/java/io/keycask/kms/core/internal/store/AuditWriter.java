package io.keycask.kms.core.internal.store;

import io.keycask.kms.core.internal.audit.AuditChain;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The end of this process's audit chain, where its events are appended.
 *
 * <p>Changed under the lock of the connection that writes only. {@link #append} leaves the head in memory as it is until {@link
 * #committed} says that the transaction was, so a rolled-back transaction leaves no trace. When the outcome of a commit
 * is unknown, the chain row tells: it is either the one before or the one that was to be written, and anything else is
 * tampering. A chain that another process declared interrupted (this one slept longer than its heartbeat) is left, and
 * the next event begins a new one.
 */
final class AuditWriter {
    static final String HEARTBEAT = "audit-chain/";

    private final RowMacs macs;
    private final AuditRegistrar registrar;
    private final Leases leases;
    private final Dialect dialect;
    private final Instance instance;

    /** The chains of this process, the newest last. */
    private final List<UUID> chains = new CopyOnWriteArrayList<>();

    /** The chain row as it was last committed; null before the first event. */
    private volatile @Nullable Row head;

    /** The chain row that the open transaction writes. */
    private @Nullable Row pending;

    /** The chain row of a transaction whose commit failed, and may have happened all the same. */
    private @Nullable Row unknown;

    AuditWriter(RowMacs macs, AuditRegistrar registrar, Leases leases, Dialect dialect, Instance instance) {
        this.macs = macs;
        this.registrar = registrar;
        this.leases = leases;
        this.dialect = dialect;
        this.instance = instance;
    }

    /** Appends the events in the transaction of the session. */
    void append(Session session, List<AuditEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        Row from = head == null ? begin(session) : head;
        AuditChain chain = AuditChain.resume(from.number(AuditRows.HEAD_SEQUENCE), from.blob(AuditRows.HEAD_HASH));
        UUID chainId = UUID.fromString(from.text(AuditRows.CHAIN_ID));
        List<AuditEntry> entries = new ArrayList<>(events.size());
        for (AuditEvent event : events) {
            entries.add(AuditEntry.append(chainId, chain, event));
        }
        // the head first: it tells whether the places behind it are still free
        replace(session, from, next(from, AuditRows.OPEN, chain.sequence(), chain.hash()));
        AuditRows.insertEvents(session, entries);
    }

    /** Marks the chain as ended by its own process, in the transaction of the session. */
    void end(Session session) throws SQLException {
        Row from = head;
        if (from != null) {
            String chainId = from.text(AuditRows.CHAIN_ID);
            Row ended =
                    next(from, AuditRows.CLOSED, from.number(AuditRows.HEAD_SEQUENCE), from.blob(AuditRows.HEAD_HASH));
            replace(session, from, ended);
            registrar.ended(session, ended);
            Leases.end(session, HEARTBEAT + chainId, chainId);
        }
    }

    /** The transaction is committed: what it appended is the head. */
    void committed() {
        if (pending != null) {
            became(pending);
            pending = null;
        }
    }

    private void became(Row row) {
        head = row;
        unknown = null;
        UUID chain = UUID.fromString(row.text(AuditRows.CHAIN_ID));
        if (!chains.contains(chain)) {
            chains.add(chain);
        }
    }

    /** Returns the chains of this process, in the order in which they began. */
    List<UUID> chains() {
        return List.copyOf(chains);
    }

    /** Returns how many events the newest chain has, as far as it was committed. */
    long committedEvents() {
        Row row = head;
        return row == null ? 0 : row.number(AuditRows.HEAD_SEQUENCE);
    }

    /** The transaction was rolled back, as far as is known. */
    void rolledBack() {
        if (pending != null) {
            unknown = pending;
            pending = null;
        }
    }

    /** Returns whether the chain of this process has begun. */
    boolean isOpen() {
        return head != null;
    }

    /** Returns the id of the chain, or nothing if it has not begun. */
    String chainId() {
        Row row = head;
        return row == null ? "" : row.text(AuditRows.CHAIN_ID);
    }

    /** Gives a sign of life, in the transaction of the session. */
    void beat(Session session) throws SQLException {
        if (isOpen()) {
            beat(session, chainId());
        }
    }

    private void beat(Session session, String chainId) throws SQLException {
        leases.take(session, HEARTBEAT + chainId, chainId, instance.heartbeat());
    }

    private Row begin(Session session) throws SQLException {
        UUID chainId = UUID.randomUUID();
        AuditChain start = AuditChain.start(macs.storeId(), chainId);
        Row row = Row.of(
                Table.AUDIT_CHAIN,
                chainId.toString(),
                instance.description(),
                dialect.time(session),
                AuditRows.OPEN,
                start.sequence(),
                start.hash());
        Row first = row.withMac(macs.of(row));
        AuditRows.insertChain(session, first);
        registrar.begun(session, first);
        beat(session, chainId.toString());
        return first;
    }

    private Row next(Row from, String state, long sequence, byte[] hash) {
        Row row = Row.of(
                Table.AUDIT_CHAIN,
                from.text(AuditRows.CHAIN_ID),
                from.text(AuditRows.INSTANCE),
                from.number(AuditRows.STARTED),
                state,
                sequence,
                hash);
        return row.withMac(macs.of(row));
    }

    private void replace(Session session, Row from, Row to) throws SQLException {
        if (!AuditRows.replaceChain(session, from, to)) {
            reconcile(session, from);
            throw new StaleRecordException("the audit chain of this process has another head", null);
        }
        pending = to;
    }

    /** Finds out what became of the chain row, which is not the one that this process remembers. */
    private void reconcile(Session session, Row from) throws SQLException {
        String chainId = from.text(AuditRows.CHAIN_ID);
        Row found = AuditRows.chain(session, chainId)
                .orElseThrow(() -> RowMacs.damaged(Table.AUDIT_CHAIN, chainId + ", which is gone"));
        macs.check(found, chainId);
        if (unknown != null && MessageDigest.isEqual(unknown.mac(), found.mac())) {
            became(unknown);
        } else if (found.text(AuditRows.STATE).equals(AuditRows.INTERRUPTED)) {
            head = null;
        } else {
            // AUD-6: an older head with a valid MAC is an older copy of the row
            throw RowMacs.damaged(Table.AUDIT_CHAIN, chainId + ", which is not as this process left it");
        }
    }
}
