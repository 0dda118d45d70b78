package io.keycask.kms.core.internal.audit;

import io.keycask.kms.KeyId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One operation and its outcome. It holds no secret, no payload and no digest of one: sizes only.
 *
 * @param id identifies the event
 * @param time when the operation ended, in whole milliseconds
 * @param name the event name of the documents, for example {@code Encrypt}
 * @param isWrite whether the operation changes a key (the documents' action type Write)
 * @param caller who asked for it; {@code root} for the root account, {@code system:…} for background work
 * @param keyId the key, if the operation names one
 * @param code the error code; empty if the operation succeeded
 * @param details what else is known, by names in lower camel case: sizes, versions, states; at most a few
 */
public record AuditEvent(
        UUID id,
        Instant time,
        String name,
        boolean isWrite,
        String caller,
        @Nullable KeyId keyId,
        String code,
        Map<String, String> details) {}
