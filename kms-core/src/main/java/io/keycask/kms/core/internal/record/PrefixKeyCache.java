package io.keycask.kms.core.internal.record;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prefix keys that a reader used lately.
 *
 * <p>Holds at most {@link #MAX_KEYS}, without a limit in time or uses, and wipes a key when it leaves. Thread-safe.
 */
final class PrefixKeyCache implements AutoCloseable {
    /*
     * A hit takes no lock and writes nothing but a mark. What leaves is chosen by the clock algorithm, as in the key cache of the
     * software provider. Two rules:
     *
     * A key may leave while another thread computes with it. That call throws and has written nothing, so it is repeated
     * with a key that nobody else sees.
     *
     * Only a key that has opened a record comes in. Prefixes are not secret and anybody can make them up; forged records
     * must not drive out the keys of genuine ones.
     */

    static final int MAX_KEYS = 256;

    private final RecordKey key;
    private final int maxKeys;
    private final ConcurrentHashMap<Prefix, Cached> keys = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final ArrayDeque<Cached> clock = new ArrayDeque<>(); // guarded by lock
    private boolean closed; // guarded by lock

    PrefixKeyCache(RecordKey key, int maxKeys) {
        this.key = key;
        this.maxKeys = maxKeys;
    }

    /** Opens a record whose format and length were checked; as {@link PrefixKey#open}. */
    int open(byte[] record, int offset, int length, byte[] associatedData, byte[] value, int at) {
        Prefix prefix = Prefix.at(record, offset + RecordLayout.PREFIX_START);
        Cached cached = keys.get(prefix);
        if (cached != null) {
            cached.mark();
            try {
                return cached.key.open(record, offset, length, associatedData, value, at);
            } catch (IllegalStateException e) {
                if (!cached.key.isWiped()) {
                    throw e;
                }
            }
        }
        return openAfresh(prefix, record, offset, length, associatedData, value, at);
    }

    private int openAfresh(
            Prefix prefix, byte[] record, int offset, int length, byte[] associatedData, byte[] value, int at) {
        PrefixKey fresh = new PrefixKey(key, prefix.toBytes());
        boolean kept = false;
        try {
            int written = fresh.open(record, offset, length, associatedData, value, at);
            kept = offer(new Cached(prefix, fresh));
            return written;
        } finally {
            if (!kept) {
                fresh.wipe();
            }
        }
    }

    private boolean offer(Cached fresh) {
        synchronized (lock) {
            if (closed || keys.putIfAbsent(fresh.prefix, fresh) != null) {
                return false;
            }
            while (clock.size() >= maxKeys) {
                Cached next = clock.remove();
                if (next.unmark()) {
                    clock.add(next);
                } else {
                    drop(next);
                }
            }
            clock.add(fresh);
            return true;
        }
    }

    private void drop(Cached leaving) {
        keys.remove(leaving.prefix, leaving);
        leaving.key.wipe();
    }

    int size() {
        return keys.size();
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

    private static final class Cached {
        final Prefix prefix;
        final PrefixKey key;
        private volatile boolean marked;

        Cached(Prefix prefix, PrefixKey key) {
            this.prefix = prefix;
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
    }
}
