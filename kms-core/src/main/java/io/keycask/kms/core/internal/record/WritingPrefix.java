package io.keycask.kms.core.internal.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The prefix under which one cipher seals, and the random rest of each nonce.
 *
 * <p>A prefix is drawn when the cipher is made and again after so many records (REC-4); then the key of the old one is wiped.
 * Thread-safe, without a lock but for the change.
 */
final class WritingPrefix implements AutoCloseable {
    /**
     * The most records of one prefix. The rests of their nonces are 96 random bits each, of which NIST SP 800-38D allows
     * 2<sup>32</sup> under one key; clones of a virtual machine share a prefix, so there is room for sixteen of them.
     */
    static final long MAX_RECORDS = 1L << 28;

    private final RecordKey key;
    private final RandomGenerator random;
    private final long maxRecords;
    private final Object lock = new Object();
    private volatile Counted current; // written under lock

    WritingPrefix(RecordKey key, RandomGenerator random, long maxRecords) {
        this.key = key;
        this.random = random;
        this.maxRecords = maxRecords;
        this.current = draw();
    }

    /** Returns the key for one record. */
    PrefixKey next() {
        Counted counted = current;
        while (counted.records.getAndIncrement() >= maxRecords) {
            counted = replace(counted);
        }
        return counted.key;
    }

    /** Returns the rest of the nonce of one record. */
    byte[] drawRest() {
        byte[] rest = new byte[RecordLayout.REST_BYTES];
        random.nextBytes(rest);
        return rest;
    }

    private Counted replace(Counted exhausted) {
        synchronized (lock) {
            if (current == exhausted) {
                current = draw();
                exhausted.key.wipe();
            }
            return current;
        }
    }

    private Counted draw() {
        byte[] prefix = new byte[RecordLayout.PREFIX_BYTES];
        random.nextBytes(prefix);
        return new Counted(new PrefixKey(key, prefix));
    }

    /** Wipes the key, for good if the key that it is derived from was closed before. */
    @Override
    public void close() {
        synchronized (lock) {
            current.key.wipe();
        }
    }

    private static final class Counted {
        final PrefixKey key;
        final AtomicLong records = new AtomicLong();

        Counted(PrefixKey key) {
            this.key = key;
        }
    }
}
