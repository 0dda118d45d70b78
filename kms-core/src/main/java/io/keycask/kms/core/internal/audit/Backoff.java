package io.keycask.kms.core.internal.audit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Growing pauses between attempts, and an end to them once it is time to stop. Used by one thread. */
final class Backoff {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long pause = FIRST_NANOS;
    private long stoppingSince;

    void reset() {
        pause = FIRST_NANOS;
    }

    /** Waits on the condition, whose lock is held; returns false when it has been stopping for longer than this time. */
    boolean await(Condition condition, BooleanSupplier isStopping, Duration longest) {
        long end = System.nanoTime() + pause;
        for (long left = pause; left > 0; left = end - System.nanoTime()) {
            try {
                condition.awaitNanos(left);
            } catch (InterruptedException e) {
                break; // nobody else has this thread; the next attempt is then an early one
            }
        }
        pause = Math.min(2 * pause, LONGEST_NANOS);
        if (!isStopping.getAsBoolean()) {
            return true;
        }
        if (stoppingSince == 0) {
            stoppingSince = System.nanoTime();
        }
        return System.nanoTime() - stoppingSince < longest.toNanos();
    }
}
