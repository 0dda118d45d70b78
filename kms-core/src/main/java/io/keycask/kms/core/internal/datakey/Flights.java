package io.keycask.kms.core.internal.datakey;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that several threads want at once: the first of them does it, and the others wait. Holds no lock meanwhile. */
final class Flights<K> {
    private final ConcurrentHashMap<K, Flight> flights = new ConcurrentHashMap<>();

    /**
     * Does the work, or waits for the thread that is doing it.
     *
     * @return the result, to the thread that did it; null to one that waited
     * @throws RuntimeException what the work threw, to those that waited too
     */
    <T> @Nullable T join(K key, Supplier<T> work) {
        Flight mine = new Flight();
        Flight other = flights.putIfAbsent(key, mine);
        if (other != null) {
            other.await();
            return null;
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            mine.failure = e;
            throw e;
        } finally {
            flights.remove(key, mine);
            mine.landed.countDown();
        }
    }

    private static final class Flight {
        final CountDownLatch landed = new CountDownLatch(1);
        volatile @Nullable RuntimeException failure;

        void await() {
            boolean interrupted = false;
            while (landed.getCount() > 0) {
                try {
                    landed.await();
                } catch (InterruptedException e) {
                    interrupted = true; // what is waited for belongs to another thread, which goes on
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
        }
    }
}
