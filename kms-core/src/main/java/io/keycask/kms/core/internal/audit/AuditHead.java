package io.keycask.kms.core.internal.audit;

import java.security.MessageDigest;

/** A place in a chain: the number of an event and its hash. Immutable. */
public final class AuditHead {
    private final long sequence;
    private final byte[] hash;

    /** The place of this event. */
    public AuditHead(long sequence, byte[] hash) {
        this.sequence = sequence;
        this.hash = hash.clone();
    }

    public long sequence() {
        return sequence;
    }

    public byte[] hash() {
        return hash.clone();
    }

    /** Returns whether this is the hash of the place. */
    boolean has(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }
}
