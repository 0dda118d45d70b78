package io.keycask.kms.core.internal.audit;

import java.time.Duration;

/**
 * How data operations are audited.
 *
 * @param isStrict whether an operation waits until its event is committed
 * @param window how long an event may wait for others to be committed with it
 * @param groupSize the most events in one transaction
 * @param capacity the most events that wait
 * @param patience how long an operation waits for room or, in strict mode, for its event
 */
public record AuditMode(boolean isStrict, Duration window, int groupSize, int capacity, Duration patience) {
    private static final int GROUP_SIZE = 1_000;
    private static final int CAPACITY = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Operations do not wait; a crash loses at most what was recorded in the last 50 milliseconds and is being written. */
    public static AuditMode grouped() {
        return new AuditMode(false, Duration.ofMillis(50), GROUP_SIZE, CAPACITY, PATIENCE);
    }

    /** An operation returns when its event is committed. */
    public static AuditMode strict() {
        return new AuditMode(true, Duration.ZERO, GROUP_SIZE, CAPACITY, PATIENCE);
    }
}
