package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * What {@link AuditLog#dropBefore} dropped.
 *
 * @param count how many events; the trail keeps, for each chain, their numbers, the range of their times and the hash
 *     of the last, so that what is left can be verified
 * @param checkpoint signed after it was done, so it covers that summary
 */
public record DroppedEvents(long count, AuditCheckpoint checkpoint) {
    /** A summary. */
    public DroppedEvents {
        requireNonNull(checkpoint, "checkpoint");
    }
}
