package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.core.internal.audit.AuditEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What stands in the golden file {@code vectors/store-1.db}. Run once to write the file, and never again. */
final class GoldenStore {
    static final TestAnchor ANCHOR = new TestAnchor(7);

    private static final Instant DATE = Instant.ofEpochMilli(1_793_534_400_123L);

    static final KeyRecord FULL = KeyRecord.of(
            new KeyId(UUID.fromString("0197a3c0-0000-7000-8000-000000000001")),
            KeySpec.AES_256,
            KeyUsage.ENCRYPT_DECRYPT,
            KeyOrigin.KMS,
            "soft",
            "user",
            DATE,
            0,
            draft -> draft.alias("orders")
                    .description("Gr\u00f6\u00dfe \u2013 \ud83d\udd11 \"quoted\" \\ line\nend")
                    .state(KeyState.PENDING_DELETE)
                    .phase(KeyPhase.LIVE)
                    .tags(Map.of("team", "pay", "\u00e9tage", "", "Z", "z"))
                    .version(KeyVersionRecord.ready(new KeyVersionId(-1), DATE, new byte[] {1, 2, 3}))
                    .version(KeyVersionRecord.ready(new KeyVersionId(1), DATE.plusMillis(1), new byte[300]))
                    .version(KeyVersionRecord.creating(new KeyVersionId(2), DATE.plusMillis(2)))
                    .current(new KeyVersionId(1))
                    .rotation(365, DATE.plusMillis(3), DATE.plusMillis(4))
                    .deletionDate(DATE.plusMillis(5))
                    .validTo(DATE.plusMillis(6)));

    static final KeyRecord EMPTY = KeyRecord.of(
            new KeyId(UUID.fromString("0197a3c0-0000-7000-8000-000000000002")),
            KeySpec.of("SM4"),
            KeyUsage.ENCRYPT_DECRYPT,
            KeyOrigin.EXTERNAL,
            "hsm",
            "backup-service",
            Instant.EPOCH,
            0,
            draft -> draft.alias("invoices").state(KeyState.PENDING_IMPORT).phase(KeyPhase.CREATING));

    static final List<AuditEvent> EVENTS = List.of(
            new AuditEvent(new UUID(0, 1), DATE, "CreateKey", true, "root", FULL.id(), "", Map.of("spec", "AES_256")),
            new AuditEvent(
                    new UUID(0, 2),
                    DATE.plusMillis(1),
                    "Encrypt",
                    false,
                    "root",
                    FULL.id(),
                    "InvalidParameterValue",
                    Map.of("b", "\"\\\n\u0000\u007f", "a", "\ud83d\udd11\ud800", "c", "")),
            new AuditEvent(new UUID(0, 3), Instant.EPOCH, "ListKey", false, "system:test", null, "", Map.of()));

    private GoldenStore() {}

    public static void main(String[] arguments) {
        Instance instance = new Instance("the writer of the golden file", Duration.ofDays(1));
        try (Store store = SqliteStore.open(Path.of(arguments[0]), ANCHOR, instance)) {
            store.write(transaction -> {
                transaction.audit(EVENTS.get(0));
                return transaction.insert(FULL);
            });
            store.write(transaction -> transaction.insert(EMPTY));
            store.audit(EVENTS.subList(1, 3));
        }
    }
}
