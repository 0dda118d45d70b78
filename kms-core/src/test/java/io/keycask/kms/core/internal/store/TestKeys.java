package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.core.internal.audit.AuditEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Keys and events for tests. */
final class TestKeys {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private TestKeys() {}

    /** A live key with two versions and two tags that was never stored. */
    static KeyRecord key(String alias) {
        return key(alias, NOON);
    }

    static KeyRecord key(String alias, Instant created) {
        KeyVersionId current = new KeyVersionId(UUID.randomUUID().getLeastSignificantBits());
        return bare(alias, created)
                .change(draft -> draft.description("key of " + alias)
                        .tags(Map.of("team", "pay", "stage", "test"))
                        .version(KeyVersionRecord.ready(
                                new KeyVersionId(UUID.randomUUID().getLeastSignificantBits()),
                                created,
                                new byte[] {1, 2, 3}))
                        .version(KeyVersionRecord.ready(current, created.plusMillis(1), new byte[] {4, 5, 6}))
                        .current(current)
                        .rotation(30, created, created.plusSeconds(86_400))
                        .deletionDate(created.plusSeconds(5))
                        .validTo(created.plusSeconds(6)));
    }

    /** A live key without versions and tags. */
    static KeyRecord bare(String alias, Instant created) {
        return KeyRecord.of(
                new KeyId(UUID.randomUUID()),
                KeySpec.AES_256,
                KeyUsage.ENCRYPT_DECRYPT,
                KeyOrigin.KMS,
                "soft",
                "user",
                created,
                0,
                draft -> draft.alias(alias).phase(KeyPhase.LIVE));
    }

    static AuditEvent event(String name) {
        return new AuditEvent(
                UUID.randomUUID(),
                NOON,
                name,
                false,
                "root",
                new KeyId(new UUID(1, 2)),
                "",
                Map.of("sizeBytes", "4096", "version", "00000000000000ff"));
    }
}
