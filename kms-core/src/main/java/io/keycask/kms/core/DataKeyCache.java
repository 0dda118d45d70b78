package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.core.internal.datakey.DataKeyLimits;
import java.time.Duration;

/**
 * How data keys are kept in memory, so that not every message costs a call of the provider: limits, each with a default.
 *
 * <p>Without a cache every envelope message has a data key of its own. With one ({@link EmbeddedKms.Builder#dataKeyCache}):
 *
 * <ul>
 *   <li>Messages that are encrypted in memory for the same recipients with the same encryption context by the same account
 *       share a data key, and so its wrapped form, within the limits. Each has a key of its own all the same, derived from
 *       the data key. Streams, files, rewrapped messages, {@code generateDataKey}, and keys for records or detached envelopes get fresh ones.
 *   <li>A wrapped data key that was opened is remembered, whatever it is opened for.
 * </ul>
 *
 * <p>Every call still asks for the caller's permission and the state of the key, and has its event in the audit trail, with
 * the detail {@code cached}. Any change of a customer master key wipes its data keys: at once in this process, and within the
 * staleness in others. The price: a data key in memory opens as many messages as share it, and whoever reads it from there needs
 * the customer master key no more. Immutable.
 */
public final class DataKeyCache {
    /** The greatest value of {@link #maxEntries}. */
    public static final int MOST_ENTRIES = 100_000;

    /** The greatest value of {@link #maxMessages}: 2<sup>32</sup>. */
    public static final long MOST_MESSAGES = 1L << 32;

    /** The greatest value of {@link #maxBytes}: 1 PiB. */
    public static final long MOST_BYTES = 1L << 50;

    private static final Duration LONGEST_AGE = Duration.ofDays(1);
    private static final DataKeyCache STANDARD =
            new DataKeyCache(new DataKeyLimits(1_000, Duration.ofMinutes(1), 10_000, 1L << 30));

    private final DataKeyLimits limits;

    private DataKeyCache(DataKeyLimits limits) {
        this.limits = limits;
    }

    /** Returns a cache of 1,000 entries for at most a minute, each for at most 10,000 messages and 1 GiB. */
    public static DataKeyCache standard() {
        return STANDARD;
    }

    /**
     * Returns this cache with room for so many data keys for encryption, and as many for decryption; the oldest leaves
     * when there is no room. An entry takes some hundred bytes, and one or two copies of its encryption context.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than {@link #MOST_ENTRIES}
     */
    public DataKeyCache maxEntries(int entries) {
        requireRange("entries", entries, MOST_ENTRIES);
        return new DataKeyCache(new DataKeyLimits(entries, limits.maxAge(), limits.maxMessages(), limits.maxBytes()));
    }

    /**
     * Returns this cache with data keys that serve for so long. If nobody asks for it any more, a data key is wiped at most that
     * time later.
     *
     * @throws IllegalArgumentException if it is less than a millisecond or more than a day
     */
    public DataKeyCache maxAge(Duration age) {
        if (requireNonNull(age, "age").compareTo(Duration.ofMillis(1)) < 0 || age.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("age is " + age + "; expected PT0.001S to " + LONGEST_AGE);
        }
        return new DataKeyCache(new DataKeyLimits(limits.maxEntries(), age, limits.maxMessages(), limits.maxBytes()));
    }

    /**
     * Returns this cache with data keys that encrypt at most so many messages each. Decryption is not limited.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than {@link #MOST_MESSAGES}
     */
    public DataKeyCache maxMessages(long messages) {
        requireRange("messages", messages, MOST_MESSAGES);
        return new DataKeyCache(new DataKeyLimits(limits.maxEntries(), limits.maxAge(), messages, limits.maxBytes()));
    }

    /**
     * Returns this cache with data keys that encrypt at most so many bytes of plaintext each; a longer message gets a fresh one.
     * Decryption is not limited.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than {@link #MOST_BYTES}
     */
    public DataKeyCache maxBytes(long bytes) {
        requireRange("bytes", bytes, MOST_BYTES);
        return new DataKeyCache(new DataKeyLimits(limits.maxEntries(), limits.maxAge(), limits.maxMessages(), bytes));
    }

    private static void requireRange(String what, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + ": " + value + "; expected 1 to " + most);
        }
    }

    DataKeyLimits limits() {
        return limits;
    }

    @Override
    public String toString() {
        return "DataKeyCache[" + limits.maxEntries() + " entries, " + limits.maxAge() + ", " + limits.maxMessages()
                + " messages, " + limits.maxBytes() + " bytes]";
    }
}
