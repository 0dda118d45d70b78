package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data key that is kept, and how much it has served.
 *
 * <p>Who uses it gets a copy that is wiped by itself. So the data key can be wiped as soon as it leaves, and nobody computes
 * with wiped bytes. Thread-safe.
 */
final class KeptKey<L extends Lookup> {
    final L lookup;
    final long bornNanos;
    private final DataKey dataKey;
    private final long maxMessages;
    private final long maxBytes;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentHashMap<KeyVersionRef, Ciphertext> wrapped = new ConcurrentHashMap<>();
    private final Flights<KeyVersionRef> wrapping = new Flights<>();

    /** A kept key of this data key, which belongs to it from now on. */
    KeptKey(L lookup, long bornNanos, DataKey dataKey, long maxMessages, long maxBytes) {
        this.lookup = lookup;
        this.bornNanos = bornNanos;
        this.dataKey = dataKey;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Returns the data key for one more message, or null if it has served enough or was wiped. */
    @Nullable
    Loan lend(long messageBytes, boolean reused) {
        // Once one of the sums is over its limit it stays there, so the key has served for good.
        if (messages.incrementAndGet() > maxMessages || bytes.addAndGet(messageBytes) > maxBytes) {
            return null;
        }
        try {
            SecretBytes copy = dataKey.<SecretBytes, RuntimeException>use(SecretBytes::copyOf);
            return new Loan(DataKey.of(dataKey.keyId(), copy, dataKey.wrapped()), this, reused);
        } catch (IllegalStateException wiped) {
            return null;
        }
    }

    /** Returns whether no further message, however short, could have it. */
    boolean isUsedUp() {
        return messages.get() >= maxMessages;
    }

    /** Returns the data key wrapped under another recipient's key version, which happens once. */
    Loan.Wrapped wrapped(KeyVersionRef version, Supplier<Ciphertext> wrap) {
        while (true) {
            Ciphertext known = wrapped.get(version);
            if (known != null) {
                return new Loan.Wrapped(known, true);
            }
            Loan.Wrapped made = wrapping.join(version, () -> {
                Ciphertext landed = wrapped.get(version);
                Ciphertext result = landed != null ? landed : wrap.get();
                wrapped.put(version, result);
                return new Loan.Wrapped(result, landed != null);
            });
            if (made != null) {
                return made;
            }
        }
    }

    void wipe() {
        dataKey.close();
    }
}
