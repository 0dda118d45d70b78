package io.keycask.kms.soft;

import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The unsealed keys that were used lately, so that an operation need not unseal its key first.
 *
 * <p>Holds at most {@link #MAX_KEYS}, without a limit in time or uses, and wipes a key when it leaves. Thread-safe.
 *
 * @param <K> the type of the keys
 */
final class KeyCache<K> implements AutoCloseable {
    /*
     * A hit takes no lock and writes nothing but a mark. What leaves is chosen by the clock algorithm: keys stand in a
     * queue; the first one whose mark is not set goes, the marked ones before it lose their mark and go to the end.
     *
     * A key may leave while another thread computes with it. Counting the users would make every hit a contended write;
     * instead a key promises that a call which a wipe overtakes throws an IllegalStateException, or has already got past its
     * last use of the key, and never computes with wiped bytes. The call is then repeated with a key that nobody else sees. Nothing was done the first time, so nothing is done twice.
     */

    static final int MAX_KEYS = 1_024;

    private final int maxKeys;
    private final Consumer<K> wipe;
    private final ConcurrentHashMap<KeyHandle, CachedKey<K>> keys = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final ArrayDeque<CachedKey<K>> clock = new ArrayDeque<>(); // guarded by lock
    private volatile int forgotten; // written under lock
    private volatile boolean closed; // written under lock

    KeyCache(int maxKeys, Consumer<K> wipe) {
        this.maxKeys = maxKeys;
        this.wipe = wipe;
    }

    /**
     * What is done with an unsealed key; it may be done twice, so it must leave no trace when it fails.
     *
     * @param <K> the type of the key
     * @param <T> the type of the result
     * @param <X> the checked exception it may throw
     */
    @FunctionalInterface
    interface Action<K, T, X extends Exception> {
        T apply(K key) throws X;
    }

    /** Does something with the key of this handle, which is unsealed unless it is here already. */
    <T, X extends Exception> T use(KeyHandle handle, Function<KeyHandle, K> unseal, Action<K, T, X> action) throws X {
        CachedKey<K> cached = keys.get(handle);
        if (cached != null) {
            cached.mark();
            try {
                return action.apply(cached.key);
            } catch (IllegalStateException e) {
                if (!cached.hasLeft) {
                    throw e;
                }
            }
        }
        requireOpen();
        int before = forgotten;
        CachedKey<K> fresh = new CachedKey<>(handle, unseal.apply(handle), wipe);
        try {
            return action.apply(fresh.key);
        } finally {
            offer(fresh, before);
        }
    }

    /** Keeps the key, unless its version may have been forgotten since it was unsealed. */
    private void offer(CachedKey<K> fresh, int before) {
        synchronized (lock) {
            if (closed || forgotten != before || keys.putIfAbsent(fresh.handle, fresh) != null) {
                fresh.wipe();
                return;
            }
            while (clock.size() >= maxKeys) {
                CachedKey<K> next = clock.remove();
                if (next.unmark()) {
                    clock.add(next);
                } else {
                    drop(next);
                }
            }
            clock.add(fresh);
        }
    }

    private void drop(CachedKey<K> leaving) {
        keys.remove(leaving.handle, leaving);
        leaving.wipe();
    }

    /** Wipes every key of this version, whatever its token. */
    void forget(KeyVersionRef version) {
        synchronized (lock) {
            forgotten++;
            for (Iterator<CachedKey<K>> i = clock.iterator(); i.hasNext(); ) {
                CachedKey<K> cached = i.next();
                if (cached.handle.version().equals(version)) {
                    i.remove();
                    drop(cached);
                }
            }
        }
    }

    int size() {
        return keys.size();
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the provider is closed");
        }
    }

    /** Wipes all keys, for good. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            clock.forEach(this::drop);
            clock.clear();
        }
    }

    private static final class CachedKey<K> {
        final KeyHandle handle;
        final K key;
        private final Consumer<K> wipe;
        volatile boolean hasLeft;
        private volatile boolean marked;

        CachedKey(KeyHandle handle, K key, Consumer<K> wipe) {
            this.handle = handle;
            this.key = key;
            this.wipe = wipe;
        }

        void mark() {
            if (!marked) { // seldom written, so that readers do not fight for the cache line
                marked = true;
            }
        }

        boolean unmark() {
            boolean was = marked;
            marked = false;
            return was;
        }

        void wipe() {
            hasLeft = true;
            wipe.accept(key);
        }
    }
}
