package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyVersionId;
import java.time.Instant;

/** One version of a key as it stands in the store. Immutable. */
public final class KeyVersionRecord {
    private final KeyVersionId id;
    private final Instant created;
    private final boolean ready;
    private final byte[] token;

    private KeyVersionRecord(KeyVersionId id, Instant created, boolean ready, byte[] token) {
        this.id = id;
        this.created = created;
        this.ready = ready;
        this.token = token;
    }

    /** A version whose material the provider has not made yet, as far as the store knows. */
    public static KeyVersionRecord creating(KeyVersionId id, Instant created) {
        return new KeyVersionRecord(id, created, false, new byte[0]);
    }

    /** A version whose material can be reached with this provider token. */
    public static KeyVersionRecord ready(KeyVersionId id, Instant created, byte[] token) {
        return new KeyVersionRecord(id, created, true, token.clone());
    }

    public KeyVersionId id() {
        return id;
    }

    /** Returns when the version came into being, in whole milliseconds. */
    public Instant created() {
        return created;
    }

    public boolean isReady() {
        return ready;
    }

    /** Returns the provider's token; empty while the version is not ready. */
    public byte[] token() {
        return token.clone();
    }
}
