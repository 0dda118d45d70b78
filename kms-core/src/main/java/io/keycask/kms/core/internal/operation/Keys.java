package io.keycask.kms.core.internal.operation;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys, and remembers them for a moment so that not every call has to ask the store.
 *
 * <p>A remembered key is at most {@code staleness} old: so long may a change of another process go unnoticed. A change
 * of this process counts at once, because an entry is only ever replaced by one of a higher row version. At zero
 * staleness every call asks the store for the row version, which is much cheaper than the key. At most {@value
 * #MAX_ENTRIES} keys are remembered.
 */
public final class Keys {
    private static final int MAX_ENTRIES = 10_000;
    private static final long GONE = Long.MAX_VALUE;

    private final ConcurrentHashMap<KeyId, Entry> entries = new ConcurrentHashMap<>();
    private final Store store;
    private final long stalenessNanos;
    private final Consumer<KeyId> changeListener;

    /**
     * Keys of this store, remembered for this long.
     *
     * @param changeListener is told of a key that this process changed, and of one that may have changed since it was last
     *     remembered here
     */
    public Keys(Store store, Duration staleness, Consumer<KeyId> changeListener) {
        this.store = store;
        this.stalenessNanos = staleness.toNanos();
        this.changeListener = changeListener;
    }

    /** A key, or the fact that it is gone, as the store said at {@code readNanos} or later. */
    private record Entry(@Nullable LiveKey key, long rowVersion, long readNanos) {}

    /**
     * Returns the key.
     *
     * @throws KeyNotFoundException if there is none, or it is not live
     */
    public LiveKey get(KeyId id) {
        long now = System.nanoTime();
        Entry entry = entries.get(id);
        if (entry != null && entry.rowVersion != GONE && isFresh(entry, now)) {
            return live(id, entry);
        }
        if (entry != null && entry.key != null && store.rowVersion(id) == entry.rowVersion) {
            return live(id, remember(id, new Entry(entry.key, entry.rowVersion, now)));
        }
        return reload(id);
    }

    /** Returns the key as the store has it now. */
    public LiveKey reload(KeyId id) {
        long now = System.nanoTime();
        Optional<KeyRecord> found = store.key(id);
        if (found.isEmpty()) {
            entries.remove(id);
            changeListener.accept(id);
            throw notFound(id);
        }
        return live(id, remember(id, entry(found.get(), now)));
    }

    private boolean isFresh(Entry entry, long now) {
        return now - entry.readNanos < stalenessNanos;
    }

    private static LiveKey live(KeyId id, Entry entry) {
        if (entry.key == null) {
            throw notFound(id);
        }
        return entry.key;
    }

    /** Takes note of a change that this process made. */
    public void changed(KeyRecord key) {
        remember(key.id(), entry(key, System.nanoTime()));
    }

    /** Takes note that this process deleted the key. */
    public void deleted(KeyId id) {
        remember(id, new Entry(null, GONE, System.nanoTime()));
    }

    /** Returns the key that a transaction read, if it exists for callers. */
    public KeyRecord requireLive(KeyId id, Optional<KeyRecord> key) {
        return key.filter(k -> k.phase() == KeyPhase.LIVE).orElseThrow(() -> notFound(id));
    }

    private static Entry entry(KeyRecord key, long now) {
        return new Entry(key.phase() == KeyPhase.LIVE ? new LiveKey(key) : null, key.rowVersion(), now);
    }

    private Entry remember(KeyId id, Entry entry) {
        if (entries.size() >= MAX_ENTRIES) {
            entries.keySet().stream().limit(MAX_ENTRIES / 10).toList().forEach(entries::remove);
        }
        Entry before = entries.get(id);
        Entry now = entries.merge(id, entry, (old, fresh) -> fresh.rowVersion >= old.rowVersion ? fresh : old);
        if (before == null || before.rowVersion != now.rowVersion) {
            changeListener.accept(id);
        }
        return now;
    }

    private static KeyNotFoundException notFound(KeyId id) {
        return new KeyNotFoundException("no key " + id);
    }
}
