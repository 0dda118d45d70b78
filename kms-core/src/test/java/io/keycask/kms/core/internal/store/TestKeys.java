package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.spi.KeyVersionRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return filled(bare(alias, created), created);
    }

    /** A key as {@link #key}, that has imported material, wrapping keys and bindings. */
    static KeyRecord external(String alias, Instant created) {
        KeyRecord key = filled(bare(alias, created, KeyOrigin.EXTERNAL, "user"), created);
        return key.change(draft -> draft.bindings(
                        Set.of(new ResourceBinding("ssm", "s1"), new ResourceBinding("ssm", "s2")))
                .imported(ImportRecord.of(new KeyVersionId(77), created, new byte[] {7, 7, 7}))
                .wrappingKeys(List.of(
                        wrappingKey(WrappingAlgorithm.RSAES_OAEP_SHA_256, created.plusSeconds(1)),
                        wrappingKey(WrappingAlgorithm.RSAES_OAEP_SHA_1, created.plusSeconds(2)))));
    }

    /** Returns the name of the current version. */
    static KeyVersionRef current(KeyRecord key) {
        return new KeyVersionRef(key.id(), key.currentVersion().orElseThrow());
    }

    private static WrappingKeyRecord wrappingKey(WrappingAlgorithm algorithm, Instant validTo) {
        return WrappingKeyRecord.creating(UUID.randomUUID(), algorithm, validTo).ready(new byte[] {1, 2});
    }

    private static KeyRecord filled(KeyRecord bare, Instant created) {
        String alias = bare.alias();
        KeyVersionId current = new KeyVersionId(UUID.randomUUID().getLeastSignificantBits());
        return bare.change(draft -> draft.description("key of " + alias)
                .tags(Map.of("team", "pay", "stage", "test"))
                .version(KeyVersionRecord.ready(
                        new KeyVersionId(UUID.randomUUID().getLeastSignificantBits()), created, new byte[] {1, 2, 3}))
                .version(KeyVersionRecord.ready(current, created.plusMillis(1), new byte[] {4, 5, 6}))
                .current(current)
                .rotation(30, created, created.plusSeconds(86_400))
                .deletionDate(created.plusSeconds(5))
                .validTo(created.plusSeconds(6)));
    }

    /** A live key without versions and tags. */
    static KeyRecord bare(String alias, Instant created) {
        return bare(alias, created, KeyOrigin.KMS, "user");
    }

    static KeyRecord bare(String alias, Instant created, KeyOrigin origin, String owner) {
        return KeyRecord.of(
                new KeyId(UUID.randomUUID()),
                KeySpec.AES_256,
                KeyUsage.ENCRYPT_DECRYPT,
                origin,
                "soft",
                owner,
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
