package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditReport;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditExamination;
import io.keycask.kms.core.internal.audit.AuditRegistry;
import io.keycask.kms.core.internal.audit.AuditVerifier;
import io.keycask.kms.core.internal.audit.Checkpoint;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Compares all audit events with their chains, and the ends of the chains with the rows that are under MACs. */
final class AuditVerification {
    private static final String CHAINS_OF_EVENTS = "SELECT DISTINCT chain_id FROM kms_audit_event"
            + " WHERE chain_id NOT IN (SELECT chain_id FROM kms_audit_chain)";

    private AuditVerification() {}

    /** Examines the whole trail. The session is in a transaction. */
    static AuditReport run(Session session, RowMacs macs, AuditRegistrar registrar, Optional<Checkpoint> known)
            throws SQLException {
        AuditExamination examination = new AuditExamination(macs.storeId(), known);
        registry(session, registrar, examination);
        for (Row chain : AuditRows.chains(session)) {
            chain(session, macs, chain, examination);
        }
        for (String stray : session.query(CHAINS_OF_EVENTS, result -> result.getString(1))) {
            if (!stray.equals(AuditRegistry.CHAIN.toString())) {
                examination.stray(stray);
            }
        }
        return examination.report();
    }

    private static void registry(Session session, AuditRegistrar registrar, AuditExamination examination)
            throws SQLException {
        AuditRows.readEvents(session, AuditRegistry.CHAIN, 0, entry -> {
            examination.registry(entry);
            return true;
        });
        try {
            examination.registryEnd(registrar.head(session));
        } catch (StoreException e) {
            examination.unreadable(AuditRegistry.CHAIN.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void chain(Session session, RowMacs macs, Row chain, AuditExamination examination)
            throws SQLException {
        String name = chain.text(AuditRows.CHAIN_ID);
        try {
            macs.check(chain, name);
        } catch (StoreException e) {
            examination.unreadable(name, String.valueOf(e.getMessage()));
            return;
        }
        UUID id = UUID.fromString(name);
        AuditVerifier walk = examination.begin(id);
        AuditRows.readEvents(session, id, 0, entry -> {
            walk.accept(entry);
            return true;
        });
        examination.end(id, AuditRows.head(chain));
    }
}
