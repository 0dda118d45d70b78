package io.keycask.kms.core.internal.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** One event as it stands in a store or an export: its place in a chain, its body, and what is derived from it. */
public final class AuditEntry {
    private final UUID chain;
    private final long sequence;
    private final long timeMillis;
    private final Optional<String> keyId;
    private final byte[] hash;
    private final String body;

    /** An entry that shares the array with its maker. */
    public AuditEntry(UUID chain, long sequence, long timeMillis, Optional<String> keyId, byte[] hash, String body) {
        this.chain = chain;
        this.sequence = sequence;
        this.timeMillis = timeMillis;
        this.keyId = keyId;
        this.hash = hash;
        this.body = body;
    }

    /** Appends the event to the chain and returns its entry. */
    public static AuditEntry append(UUID chainId, AuditChain chain, AuditEvent event) {
        String body = AuditBody.encode(event);
        chain.append(body.getBytes(StandardCharsets.UTF_8));
        return new AuditEntry(
                chainId, chain.sequence(), event.time().toEpochMilli(), event.keyId(), chain.hash(), body);
    }

    public UUID chain() {
        return chain;
    }

    /** Returns the place in the chain; the first event has 1. */
    public long sequence() {
        return sequence;
    }

    /** Returns the time that the entry is found by. */
    public long timeMillis() {
        return timeMillis;
    }

    /** Returns the key that the entry is found by. */
    public Optional<String> keyId() {
        return keyId;
    }

    public byte[] hash() {
        return hash.clone();
    }

    public String body() {
        return body;
    }

    byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the event that the body describes.
     *
     * @throws IllegalArgumentException if the body is not the canonical form of an event
     */
    public AuditEvent event() {
        return AuditBody.decode(body);
    }

    @Override
    public String toString() {
        return chain + "/" + sequence;
    }
}
