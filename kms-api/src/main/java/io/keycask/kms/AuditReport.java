package io.keycask.kms;

import java.util.List;

/**
 * What a verification of the audit trail found.
 *
 * @param events how many events were looked at, those about the chains themselves included
 * @param faults the first fault of each chain that has one; a chain is not followed behind its first fault
 */
public record AuditReport(long events, List<AuditFault> faults) {
    /** A report. */
    public AuditReport {
        faults = List.copyOf(faults);
    }

    /** Returns whether everything is as it was written. */
    public boolean isIntact() {
        return faults.isEmpty();
    }
}
