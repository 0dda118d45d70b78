package io.keycask.kms.soft;

import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The unsealed keys that were used lately, so that an operation need not unseal its key first.
 *
 * <p>Holds at most {@link #MAX_KEYS}, without a limit in time or uses, and wipes a key when it leaves. Thread-safe.
 */
final class KeyCache implements AutoCloseable {
    /*
     * A hit takes no lock and writes nothing but a mark. What leaves is chosen by the clock algorithm: keys stand in a
     * queue; the first one whose mark is not set goes, the marked ones before it lose their mark and go to the end.
     *
     * A key may leave while another thread computes with it. Counting the users would make every hit a contended write;
     * instead an AeadKey promises that a call which a wipe overtakes throws and never computes with wiped bytes. The call
     * is then repeated with a key that nobody else sees. Nothing was done the first time, so nothing is done twice.
     */

    static final int MAX_KEYS = 1_024;

    private final int maxKeys;
    private final ConcurrentHashMap<KeyHandle, CachedKey> keys = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final ArrayDeque<CachedKey> clock = new ArrayDeque<>(); // guarded by lock
    private volatile int forgotten; // written under lock
    private volatile boolean closed; // written under lock

    KeyCache(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /**
     * What is done with an unsealed key; it may be done twice, so it must leave no trace when it fails.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception it may throw
     */
    @FunctionalInterface
    interface Action<T, X extends Exception> {
        T apply(AeadKey key) throws X;
    }

    /** Does something with the key of this handle, which is unsealed unless it is here already. */
    <T, X extends Exception> T use(KeyHandle handle, Function<KeyHandle, AeadKey> unseal, Action<T, X> action)
            throws X {
        CachedKey cached = keys.get(handle);
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
        CachedKey fresh = new CachedKey(handle, unseal.apply(handle));
        try {
            return action.apply(fresh.key);
        } finally {
            offer(fresh, before);
        }
    }

    /** Keeps the key, unless its version may have been forgotten since it was unsealed. */
    private void offer(CachedKey fresh, int before) {
        synchronized (lock) {
            if (closed || forgotten != before || keys.putIfAbsent(fresh.handle, fresh) != null) {
                fresh.wipe();
                return;
            }
            while (clock.size() >= maxKeys) {
                CachedKey next = clock.remove();
                if (next.unmark()) {
                    clock.add(next);
                } else {
                    drop(next);
                }
            }
            clock.add(fresh);
        }
    }

    private void drop(CachedKey leaving) {
        keys.remove(leaving.handle, leaving);
        leaving.wipe();
    }

    /** Wipes every key of this version, whatever its token. */
    void forget(KeyVersionRef version) {
        synchronized (lock) {
            forgotten++;
            for (Iterator<CachedKey> i = clock.iterator(); i.hasNext(); ) {
                CachedKey cached = i.next();
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

    private static final class CachedKey {
        final KeyHandle handle;
        final AeadKey key;
        volatile boolean hasLeft;
        private volatile boolean marked;

        CachedKey(KeyHandle handle, AeadKey key) {
            this.handle = handle;
            this.key = key;
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
            key.close();
        }
    }
}
