package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditFault;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditHead;
import io.keycask.kms.core.internal.audit.AuditRegistry;
import io.keycask.kms.core.internal.audit.AuditVerifier;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Drops old events from the beginning of a chain, a bounded number in one transaction, and writes into the registry what
 * they were. Events are verified before they are dropped, so that no damage is swept away.
 */
final class AuditRetention {
    private static final int BATCH = 20_000;
    private static final String FIRST_KEPT =
            "SELECT MIN(sequence) FROM kms_audit_event WHERE chain_id = ? AND time_ms >= ?";

    private final RowMacs macs;
    private final AuditRegistrar registrar;
    private final Dialect dialect;

    AuditRetention(RowMacs macs, AuditRegistrar registrar, Dialect dialect) {
        this.macs = macs;
        this.registrar = registrar;
        this.dialect = dialect;
    }

    /** Drops events of the chain that are before this moment; returns how many, 0 if none is left to drop. */
    long drop(Session session, String chainId, long beforeMillis) throws SQLException {
        Optional<Row> found = AuditRows.chain(session, chainId);
        if (found.isEmpty()) {
            return 0;
        }
        Row chain = found.get();
        macs.check(chain, chainId);
        AuditHead head = AuditRows.head(chain);
        AuditHead base = base(session, UUID.fromString(chainId));
        long last = Math.min(lastToDrop(session, chainId, beforeMillis, head), base.sequence() + BATCH);
        if (last <= base.sequence()) {
            return 0;
        }
        Prefix prefix = verified(session, UUID.fromString(chainId), base, last);
        boolean whole = last == head.sequence() && !chain.text(AuditRows.STATE).equals(AuditRows.OPEN);
        registrar.append(
                session,
                List.of(AuditRegistry.dropped(
                        Instant.ofEpochMilli(dialect.time(session)),
                        UUID.fromString(chainId),
                        base.sequence() + 1,
                        prefix.end(),
                        Instant.ofEpochMilli(prefix.oldest),
                        Instant.ofEpochMilli(prefix.newest),
                        whole)));
        AuditRows.deleteEvents(session, chainId, last);
        if (whole) {
            AuditRows.deleteChain(session, chain);
        }
        return last - base.sequence();
    }

    private AuditHead base(Session session, UUID chainId) throws SQLException {
        AuditRegistry.@Nullable History history = registrar.read(session).history(chainId);
        AuditHead base = history == null ? null : history.base();
        return base == null ? new AuditHead(0, new byte[0]) : base;
    }

    private static long lastToDrop(Session session, String chainId, long beforeMillis, AuditHead head)
            throws SQLException {
        Optional<Long> firstKept = session.one(
                        FIRST_KEPT,
                        result -> {
                            long first = result.getLong(1);
                            return result.wasNull() ? Long.MAX_VALUE : first;
                        },
                        chainId,
                        beforeMillis)
                .filter(first -> first != Long.MAX_VALUE);
        return firstKept.map(first -> first - 1).orElse(head.sequence());
    }

    private Prefix verified(Session session, UUID chainId, AuditHead base, long last) throws SQLException {
        AuditVerifier walk =
                base.sequence() == 0 ? new AuditVerifier(macs.storeId(), chainId) : AuditVerifier.behind(chainId, base);
        Prefix prefix = new Prefix(walk, last);
        AuditRows.readEvents(session, chainId, base.sequence(), prefix::take);
        Optional<AuditFault> fault = walk.end(prefix.end());
        if (fault.isPresent()) {
            throw StoreException.permanent("kms_audit_event row " + fault.get() + "; nothing is dropped", null);
        }
        return prefix;
    }

    /** The events that are to be dropped, as far as they were read. */
    private static final class Prefix {
        private final AuditVerifier walk;
        private final long last;
        private byte[] hash = new byte[0];
        private long oldest = Long.MAX_VALUE;
        private long newest = Long.MIN_VALUE;

        Prefix(AuditVerifier walk, long last) {
            this.walk = walk;
            this.last = last;
        }

        boolean take(AuditEntry entry) {
            if (entry.sequence() > last) {
                return false;
            }
            oldest = Math.min(oldest, entry.timeMillis());
            newest = Math.max(newest, entry.timeMillis());
            hash = entry.hash();
            return walk.accept(entry) && entry.sequence() < last;
        }

        AuditHead end() {
            return new AuditHead(last, hash);
        }
    }
}
