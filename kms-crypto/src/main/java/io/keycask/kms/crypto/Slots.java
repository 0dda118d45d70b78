package io.keycask.kms.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, lock-free set of idle objects that are costly to make and serve one thread at a time.
 *
 * <p>Why not a {@code ThreadLocal}: with a virtual thread per request it would hold an object for every request ever in
 * flight, and nothing would wipe what is in them when the key that they belong to is closed.
 */
final class Slots<T> {
    // A power of two; beyond it, threads that come at the same moment make their own object and drop it.
    private static final int SIZE = Integer.highestOneBit(Math.max(
            2, Math.min(32, 2 * Runtime.getRuntime().availableProcessors() - 1)));

    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SIZE);
    private final Consumer<? super T> wipe;
    private volatile boolean closed;

    /** An object that finds no slot, or a closed set, is given to {@code wipe}. */
    Slots(Consumer<? super T> wipe) {
        this.wipe = wipe;
    }

    /** Returns an idle object, which is the caller's until it is given back, or null. */
    @Nullable
    T poll() {
        int start = threadSlot();
        for (int i = 0; i < SIZE; i++) {
            int slot = (start + i) & (SIZE - 1);
            if (slots.getPlain(slot) != null) {
                T idle = slots.getAndSet(slot, null);
                if (idle != null) {
                    return idle;
                }
            }
        }
        return null;
    }

    void give(T idle) {
        int start = threadSlot();
        for (int i = 0; i < SIZE && !closed; i++) {
            int slot = (start + i) & (SIZE - 1);
            if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, idle)) {
                if (closed) {
                    clear();
                }
                return;
            }
        }
        wipe.accept(idle);
    }

    /** Wipes and drops all objects, those too that are given back later. */
    void close() {
        closed = true;
        clear();
    }

    private void clear() {
        for (int i = 0; i < SIZE; i++) {
            T idle = slots.getAndSet(i, null);
            if (idle != null) {
                wipe.accept(idle);
            }
        }
    }

    // Threads start their search at different slots, so that they seldom meet.
    private static int threadSlot() {
        long id = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
        return (int) (id >>> 59) & (SIZE - 1);
    }
}
