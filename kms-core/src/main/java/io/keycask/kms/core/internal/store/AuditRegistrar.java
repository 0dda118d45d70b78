package io.keycask.kms.core.internal.store;

import io.keycask.kms.core.internal.audit.AuditChain;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.audit.AuditHead;
import io.keycask.kms.core.internal.audit.AuditRegistry;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the registry, the chain of all chains. Every process appends to it, when a chain begins or ends, with a
 * compare-and-set on its row; nothing about it is remembered.
 */
final class AuditRegistrar {
    private static final String NAME = AuditRegistry.CHAIN.toString();
    private static final String INSTANCE = "registry";

    private final RowMacs macs;
    private final Dialect dialect;

    AuditRegistrar(RowMacs macs, Dialect dialect) {
        this.macs = macs;
        this.dialect = dialect;
    }

    /** Makes the registry of a store that has none, with the chains that an earlier release made. */
    void create(Session session) throws SQLException {
        AuditChain start = AuditChain.start(macs.storeId(), AuditRegistry.CHAIN);
        Row row = Row.of(
                Table.AUDIT_CHAIN,
                NAME,
                INSTANCE,
                dialect.time(session),
                AuditRows.REGISTRY,
                start.sequence(),
                start.hash());
        AuditRows.insertChain(session, row.withMac(macs.of(row)));
        List<AuditEvent> events = new ArrayList<>();
        for (Row chain : AuditRows.chains(session)) {
            events.add(AuditRegistry.begun(time(session), id(chain), chain.text(AuditRows.INSTANCE)));
            boolean isDamaged = !MessageDigest.isEqual(macs.of(chain), chain.mac()); // verification names it
            if (!isDamaged && !chain.text(AuditRows.STATE).equals(AuditRows.OPEN)) {
                events.add(endOf(session, chain));
            }
        }
        append(session, events);
    }

    /** Registers that the chain of this row begins, in the transaction of the session. */
    void begun(Session session, Row chain) throws SQLException {
        append(session, List.of(AuditRegistry.begun(time(session), id(chain), chain.text(AuditRows.INSTANCE))));
    }

    /** Registers that the chain of this row has ended, in the transaction of the session. */
    void ended(Session session, Row chain) throws SQLException {
        append(session, List.of(endOf(session, chain)));
    }

    private AuditEvent endOf(Session session, Row chain) throws SQLException {
        return AuditRegistry.ended(time(session), id(chain), AuditRows.head(chain), chain.text(AuditRows.STATE));
    }

    void append(Session session, List<AuditEvent> events) throws SQLException {
        Row from = row(session);
        AuditChain chain = AuditChain.behind(AuditRows.head(from));
        List<AuditEntry> entries = new ArrayList<>(events.size());
        for (AuditEvent event : events) {
            entries.add(AuditEntry.append(AuditRegistry.CHAIN, chain, event));
        }
        Row to = Row.of(
                Table.AUDIT_CHAIN,
                NAME,
                INSTANCE,
                from.number(AuditRows.STARTED),
                AuditRows.REGISTRY,
                chain.sequence(),
                chain.hash());
        if (!AuditRows.replaceChain(session, from, to.withMac(macs.of(to)))) {
            throw new StaleRecordException("another process wrote to the registry of audit chains", null);
        }
        AuditRows.insertEvents(session, entries);
    }

    /** Returns the end of the registry. */
    AuditHead head(Session session) throws SQLException {
        return AuditRows.head(row(session));
    }

    /** Returns what the registry says. */
    AuditRegistry read(Session session) throws SQLException {
        AuditRegistry registry = new AuditRegistry();
        AuditRows.readEvents(session, AuditRegistry.CHAIN, 0, entry -> {
            registry.take(entry);
            return true;
        });
        return registry;
    }

    private Row row(Session session) throws SQLException {
        Optional<Row> row = AuditRows.chain(session, NAME);
        if (row.isEmpty()) {
            throw RowMacs.damaged(Table.AUDIT_CHAIN, NAME + ", which is gone");
        }
        macs.check(row.get(), NAME);
        return row.get();
    }

    private Instant time(Session session) throws SQLException {
        return Instant.ofEpochMilli(dialect.time(session));
    }

    private static UUID id(Row chain) {
        return UUID.fromString(chain.text(AuditRows.CHAIN_ID));
    }
}
