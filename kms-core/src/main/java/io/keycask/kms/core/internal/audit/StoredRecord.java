package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditRecord;
import io.keycask.kms.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An event as callers and sinks see it.
 *
 * @param entry where it stands
 * @param event what it says
 */
public record StoredRecord(AuditEntry entry, AuditEvent event) implements AuditRecord {
    /**
     * Returns the record of this entry.
     *
     * @throws IllegalArgumentException if the body is not the canonical form of an event
     */
    public static StoredRecord of(AuditEntry entry) {
        return new StoredRecord(entry, entry.event());
    }

    @Override
    public UUID id() {
        return event.id();
    }

    @Override
    public Instant time() {
        return event.time();
    }

    @Override
    public String name() {
        return event.name();
    }

    @Override
    public String source() {
        return AuditEvent.SOURCE;
    }

    @Override
    public String region() {
        return event.region();
    }

    @Override
    public boolean isWrite() {
        return event.isWrite();
    }

    @Override
    public String userName() {
        return event.actor().name();
    }

    @Override
    public Caller.Kind userType() {
        return event.actor().kind();
    }

    @Override
    public Optional<String> accessKey() {
        return event.actor().accessKey();
    }

    @Override
    public Optional<String> sourceAddress() {
        return event.actor().address();
    }

    @Override
    public Optional<String> requestId() {
        return event.actor().requestId();
    }

    @Override
    public Optional<String> resourceType() {
        return Optional.ofNullable(event.resource()).map(AuditResource::type);
    }

    @Override
    public Optional<String> resourceName() {
        return Optional.ofNullable(event.resource()).map(AuditResource::name);
    }

    @Override
    public Optional<String> errorCode() {
        return Optional.of(event.code()).filter(code -> !code.isEmpty());
    }

    @Override
    public Map<String, String> details() {
        return event.details();
    }

    @Override
    public UUID chain() {
        return entry.chain();
    }

    @Override
    public long sequence() {
        return entry.sequence();
    }

    @Override
    public String json() {
        return entry.body();
    }

    @Override
    public String toString() {
        return entry + " " + entry.body();
    }
}
