package io.keycask.kms.core.internal.audit;

import io.keycask.kms.Caller;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of one engine, which happen now and in its region.
 *
 * @param clock tells when
 * @param region tells where
 */
public record AuditEvents(InstantSource clock, String region) {
    /**
     * Returns the event of an operation that ended now.
     *
     * @param drawnRequestId the request id of a caller that has none
     */
    public AuditEvent of(
            String name,
            boolean isWrite,
            Caller caller,
            Optional<String> drawnRequestId,
            @Nullable AuditResource resource,
            String code,
            Map<String, String> details) {
        return new AuditEvent(
                AuditEvent.FORMAT,
                randomId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                name,
                isWrite,
                AuditActor.of(caller, drawnRequestId),
                resource,
                region,
                code,
                details);
    }

    /** Returns a random id. The ids of events and requests have to be different, not secret. */
    public static UUID randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant2 = (random.nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(version4, variant2);
    }
}
