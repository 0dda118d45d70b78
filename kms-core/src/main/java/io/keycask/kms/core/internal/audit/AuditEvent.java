package io.keycask.kms.core.internal.audit;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One operation and its outcome. It holds no secret, no payload and no digest of one: sizes only.
 *
 * @param format 1 for an event of the first release, which knows the actor's name only and no resource but keys; else 2
 * @param id identifies the event
 * @param time when the operation ended, in whole milliseconds
 * @param name the event name of the documents, for example {@code Encrypt}
 * @param isWrite whether the operation changes a key (the documents' action type Write)
 * @param actor who asked for it, and from where
 * @param resource what it is about, if the operation names something
 * @param region the configured region; empty if none is known
 * @param code the error code; empty if the operation succeeded
 * @param details what else is known, by names in lower camel case: sizes, versions, states; at most a few
 */
public record AuditEvent(
        int format,
        UUID id,
        Instant time,
        String name,
        boolean isWrite,
        AuditActor actor,
        @Nullable AuditResource resource,
        String region,
        String code,
        Map<String, String> details) {
    /** The format of new events. */
    public static final int FORMAT = 2;

    /** The service that records all events. */
    public static final String SOURCE = "kms";

    /** An event of format 1. */
    public AuditEvent(
            UUID id,
            Instant time,
            String name,
            boolean isWrite,
            String caller,
            @Nullable KeyId keyId,
            String code,
            Map<String, String> details) {
        this(
                1,
                id,
                time,
                name,
                isWrite,
                AuditActor.named(caller),
                keyId == null ? null : AuditResource.key(keyId),
                "",
                code,
                details);
    }

    /** Returns an event of the engine's own, with a new id. */
    public static AuditEvent ofSystem(
            Instant time, String name, Caller actor, String region, Map<String, String> details) {
        return new AuditEvent(
                FORMAT,
                UUID.randomUUID(),
                time,
                name,
                true,
                AuditActor.of(actor, Optional.empty()),
                null,
                region,
                "",
                details);
    }

    /** Returns the name of who asked for it. */
    public String caller() {
        return actor.name();
    }

    /** Returns the id of the key, as the text that the event is found by, if it is about a key. */
    public Optional<String> keyId() {
        return resource != null && resource.isKey() ? Optional.of(resource.name()) : Optional.empty();
    }
}
