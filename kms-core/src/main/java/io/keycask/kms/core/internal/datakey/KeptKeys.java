package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.DataKey;
import io.keycask.kms.KeyId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Data keys by what they are found by. Bounded by {@link DataKeyLimits}; wipes a key when it leaves. Thread-safe. */
final class KeptKeys<L extends Lookup> implements AutoCloseable {
    /*
     * A hit takes no lock but that of the secret it copies. All keys have the same time to live, so the order in which they came is the
     * order in which they expire, and the oldest leaves when there is no room.
     *
     * A key that is being loaded while its customer master key changes serves the call that loads it and does not come in:
     * what was true when the provider was asked may not be true any more.
     */
    private final DataKeyLimits limits;
    private final long maxMessages;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<L, KeptKey<L>> keys = new ConcurrentHashMap<>();
    private final Flights<L> loading = new Flights<>();
    private final Object lock = new Object();
    private final Set<KeptKey<L>> byAge = new LinkedHashSet<>(); // guarded by lock
    private final Set<Load<L>> loads = new HashSet<>(); // guarded by lock
    private boolean closed; // guarded by lock

    private KeptKeys(DataKeyLimits limits, long maxMessages, long maxBytes, LongSupplier nanoTime) {
        this.limits = limits;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
    }

    /** Keys for encryption, with all limits. */
    static KeptKeys<IssuedFor> forEncryption(DataKeyLimits limits, LongSupplier nanoTime) {
        return new KeptKeys<>(limits, limits.maxMessages(), limits.maxBytes(), nanoTime);
    }

    /** Keys for decryption, which may open any number of messages while they are here. */
    static KeptKeys<OpenedFor> forDecryption(DataKeyLimits limits, LongSupplier nanoTime) {
        return new KeptKeys<>(limits, Long.MAX_VALUE, Long.MAX_VALUE, nanoTime);
    }

    /** Returns the data key for a message of this length, which is loaded unless it is here already. */
    Loan take(L lookup, long messageBytes, Supplier<DataKey> load) {
        while (true) {
            Loan loan = reuse(lookup, messageBytes);
            if (loan == null) {
                loan = loading.join(lookup, () -> {
                    Loan landed = reuse(lookup, messageBytes);
                    return landed != null ? landed : load(lookup, messageBytes, load);
                });
            }
            if (loan != null) {
                return loan;
            }
        }
    }

    private @Nullable Loan reuse(L lookup, long messageBytes) {
        KeptKey<L> kept = keys.get(lookup);
        if (kept == null) {
            return null;
        }
        Loan loan = isExpired(kept) ? null : kept.lend(messageBytes, true);
        if (loan == null || kept.isUsedUp()) {
            synchronized (lock) {
                drop(kept);
            }
        }
        return loan;
    }

    private static final class Load<L> {
        final L lookup;
        boolean isStale; // guarded by lock

        Load(L lookup) {
            this.lookup = lookup;
        }
    }

    private Loan load(L lookup, long messageBytes, Supplier<DataKey> source) {
        Load<L> load = new Load<>(lookup);
        synchronized (lock) {
            loads.add(load);
        }
        try {
            long now = nanoTime.getAsLong(); // before the provider is asked
            KeptKey<L> fresh = new KeptKey<>(lookup, now, source.get(), maxMessages, maxBytes);
            Loan loan = fresh.lend(messageBytes, false);
            if (loan == null) {
                throw new IllegalStateException("a fresh data key serves no message");
            }
            if (fresh.isUsedUp() || !offer(fresh, load)) {
                fresh.wipe();
            }
            return loan;
        } finally {
            synchronized (lock) {
                loads.remove(load);
            }
        }
    }

    private boolean offer(KeptKey<L> fresh, Load<L> load) {
        synchronized (lock) {
            if (closed || load.isStale) {
                return false;
            }
            KeptKey<L> old = keys.get(fresh.lookup);
            if (old != null) {
                drop(old);
            }
            if (byAge.size() >= limits.maxEntries()) {
                drop(byAge.iterator().next());
            }
            byAge.add(fresh);
            keys.put(fresh.lookup, fresh);
            return true;
        }
    }

    private void drop(KeptKey<L> leaving) {
        byAge.remove(leaving);
        keys.remove(leaving.lookup, leaving);
        leaving.wipe();
    }

    private boolean isExpired(KeptKey<L> kept) {
        return nanoTime.getAsLong() - kept.bornNanos >= limits.maxAge().toNanos();
    }

    /** Wipes the data keys under this customer master key. */
    void forget(KeyId key) {
        synchronized (lock) {
            loads.stream().filter(load -> load.lookup.isUnder(key)).forEach(load -> load.isStale = true);
            dropIf(kept -> kept.lookup.isUnder(key));
        }
    }

    /** Wipes what is too old. */
    void dropExpired() {
        synchronized (lock) {
            dropIf(this::isExpired);
        }
    }

    private void dropIf(Predicate<KeptKey<L>> condition) {
        List<KeptKey<L>> leaving = byAge.stream().filter(condition).toList();
        leaving.forEach(this::drop);
    }

    int size() {
        return keys.size();
    }

    /** Wipes all keys, for good. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            dropIf(kept -> true);
        }
    }
}
