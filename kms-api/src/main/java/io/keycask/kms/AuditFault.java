package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * A place of the audit trail where it is not as it was written.
 *
 * @param chain the chain, or what else is not right
 * @param sequence the place in the chain; 0 if the fault is about the chain as a whole
 * @param kind what was done
 * @param text what was found, for people
 */
public record AuditFault(String chain, long sequence, Kind kind, String text) {
    /** A fault. */
    public AuditFault {
        requireNonNull(chain, "chain");
        requireNonNull(kind, "kind");
        requireNonNull(text, "text");
    }

    /** What was done to the trail. */
    public enum Kind {
        /** The event, or the row of the chain, is not the one that was written. */
        CHANGED,
        /** The event, or the chain, is missing. */
        REMOVED,
        /** The event of this place stands at another one. */
        MOVED,
        /** There is an event, or a chain, that was never written. */
        ADDED,
        /** The trail ends before the place that it had reached: its end was cut off, or the store is an older copy. */
        CUT_OFF
    }

    @Override
    public String toString() {
        return chain + (sequence == 0 ? ": " : "/" + sequence + ": ") + text;
    }
}
