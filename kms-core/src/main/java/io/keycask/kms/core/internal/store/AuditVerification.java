package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditVerifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Compares all audit events with their chains, and the ends of the chains with the rows that are under MACs. */
final class AuditVerification {
    private static final String STRAY_EVENTS = "SELECT DISTINCT chain_id FROM kms_audit_event"
            + " WHERE chain_id NOT IN (SELECT chain_id FROM kms_audit_chain)";

    private AuditVerification() {}

    /** Returns the first fault of every chain that has one. The session is in a transaction. */
    static List<String> faults(Session session, RowMacs macs) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (Row chain : AuditRows.chains(session)) {
            verify(session, macs, chain, faults);
        }
        for (String stray : session.query(STRAY_EVENTS, result -> result.getString(1))) {
            faults.add("kms_audit_event rows " + stray + "/…: their chain is gone");
        }
        return faults;
    }

    private static void verify(Session session, RowMacs macs, Row chain, List<String> faults) throws SQLException {
        String name = chain.text(AuditRows.CHAIN_ID);
        try {
            macs.check(chain, name);
        } catch (StoreException e) {
            faults.add(e.getMessage());
            return;
        }
        UUID id = UUID.fromString(name);
        AuditVerifier verifier = new AuditVerifier(macs.storeId(), id);
        AuditRows.readEvents(session, id, verifier::accept);
        verifier.end(chain.number(AuditRows.HEAD_SEQUENCE), chain.blob(AuditRows.HEAD_HASH))
                .ifPresent(fault -> faults.add("kms_audit_event row " + fault));
    }
}
