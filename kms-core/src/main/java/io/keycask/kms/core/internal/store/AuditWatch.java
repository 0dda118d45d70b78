package io.keycask.kms.core.internal.store;

import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.audit.AuditRegistry;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the audit chains whose process ended without a word, and records each of them once, whoever finds it.
 *
 * <p>Marking the chain and appending the event is one transaction, and the chain row is replaced only if it is still the
 * one that was read. So of several processes that find one chain at once, one records it.
 */
final class AuditWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);
    private static final String ALIVE = "SELECT 1 FROM kms_lease WHERE name = ? AND expires_ms >= ?";

    private final RowMacs macs;
    private final AuditRegistrar registrar;
    private final Dialect dialect;

    AuditWatch(RowMacs macs, AuditRegistrar registrar, Dialect dialect) {
        this.macs = macs;
        this.registrar = registrar;
        this.dialect = dialect;
    }

    /** Returns the open chains without a sign of life. The session is in a transaction. */
    List<Row> interrupted(Session session, String ownChain) throws SQLException {
        long now = dialect.time(session);
        List<Row> silent = new ArrayList<>();
        for (Row chain : AuditRows.openChains(session)) {
            String id = chain.text(AuditRows.CHAIN_ID);
            if (!id.equals(ownChain)
                    && session.one(ALIVE, result -> true, AuditWriter.HEARTBEAT + id, now)
                            .isEmpty()) {
                silent.add(chain);
            }
        }
        return silent;
    }

    /** Marks the chain as interrupted and returns the event to append, or nothing if another process was faster. */
    List<AuditEvent> record(Session session, Row chain) throws SQLException {
        String id = chain.text(AuditRows.CHAIN_ID);
        if (!MessageDigest.isEqual(macs.of(chain), chain.mac())) {
            // verification of the audit names it; it must not keep others from starting
            LOG.error("{} row {}: the integrity check failed", Table.AUDIT_CHAIN, id);
            return List.of();
        }
        Row ended = Row.of(
                Table.AUDIT_CHAIN,
                id,
                chain.text(AuditRows.INSTANCE),
                chain.number(AuditRows.STARTED),
                AuditRows.INTERRUPTED,
                chain.number(AuditRows.HEAD_SEQUENCE),
                chain.blob(AuditRows.HEAD_HASH));
        if (!AuditRows.replaceChain(session, chain, ended.withMac(macs.of(ended)))) {
            return List.of();
        }
        registrar.ended(session, ended);
        Leases.end(session, AuditWriter.HEARTBEAT + id, id);
        return List.of(AuditEvent.ofSystem(
                Instant.ofEpochMilli(dialect.time(session)),
                "AuditChainInterrupted",
                AuditRegistry.ACTOR,
                "",
                Map.of(
                        "chain", id,
                        "instance", chain.text(AuditRows.INSTANCE),
                        "events", String.valueOf(chain.number(AuditRows.HEAD_SEQUENCE)))));
    }
}
