package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Runs work again when another transaction came first: a bounded number of times, after growing, random pauses. */
final class Retry {
    private static final int MAX_ATTEMPTS = 30;
    private static final long FIRST_PAUSE_MICROS = 200;
    private static final long MAX_PAUSE_MICROS = TimeUnit.MILLISECONDS.toMicros(50);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Retry() {}

    static <T> T run(Supplier<T> work) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (StaleRecordException e) {
                if (attempt == MAX_ATTEMPTS || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw StoreException.retryable(e.getMessage() + ", " + attempt + " times in a row", e.getCause());
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        long longest = Math.min(MAX_PAUSE_MICROS, FIRST_PAUSE_MICROS << Math.min(attempt, Byte.SIZE));
        long micros = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
