package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every operation leaves in the audit trail. */
final class AuditedOperationsTest {
    private static final String SECRET = "attack at dawn";
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    @TempDir
    Path folder;

    @Test
    void everyOperation_whateverItsOutcome_isRecordedInOrder() {
        List<AuditEvent> events = run(kms -> {
            SymmetricCmk key = kms.createKey(NewKey.named("orders").tag("team", "pay"));
            Ciphertext ciphertext = key.encrypt(SECRET.getBytes(StandardCharsets.UTF_8), CONTEXT);
            key.decrypt(ciphertext, CONTEXT);
            refused(() -> key.decrypt(ciphertext, EncryptionContext.empty()));
            key.rotate();
            kms.reEncrypt(ciphertext, CONTEXT);
            try (DataKey dataKey = key.generateDataKey(DataKeySpec.AES_256, CONTEXT)) {
                assertThat(dataKey.size()).isEqualTo(32);
            }
            kms.generateRandom(16);
            key.enableRotation(30);
            key.disableRotation();
            key.rotationStatus();
            key.updateDescription("orders of all tenants");
            key.updateAlias("orders-2");
            key.updateTags(Map.of());
            key.describe();
            kms.listKeys(KeyQuery.all());
            kms.countKeys(KeyQuery.all());
            kms.listKeyIds(KeyQuery.all());
            kms.describeKeys(List.of(key.id()));
            key.bindResource("ssm", "secret-1");
            key.unbindResource("ssm", "secret-1");
            refused(() -> key.scheduleDeletion(7));
            key.archive();
            key.cancelArchive();
            key.disable();
            refused(() -> key.encrypt(new byte[1], CONTEXT));
            key.enable();
            kms.disableKeys(List.of(key.id()));
            key.scheduleDeletion(7);
            key.cancelDeletion();
        });

        assertThat(events.stream().map(e -> e.name() + (e.code().isEmpty() ? "" : " " + e.code())))
                .containsExactlyInAnyOrder(
                        "CreateKey",
                        "Encrypt",
                        "Decrypt",
                        "Decrypt InvalidParameterValue.InvalidCiphertext",
                        "RotateKey",
                        "ReEncrypt",
                        "GenerateDataKey",
                        "GenerateRandom",
                        "EnableKeyRotation",
                        "DisableKeyRotation",
                        "GetKeyRotationStatus",
                        "UpdateKeyDescription",
                        "UpdateAlias",
                        "UpdateKeyTags",
                        "DescribeKey",
                        "ListKeyDetail",
                        "ListKeyDetail",
                        "ListKeys",
                        "DescribeKeys",
                        "BindCloudResource",
                        "UnbindCloudResource",
                        "ScheduleKeyDeletion ResourceUnavailable.CmkShouldBeDisabled",
                        "ArchiveKey",
                        "CancelKeyArchive",
                        "DisableKey",
                        "Encrypt ResourceUnavailable.CmkDisabled",
                        "EnableKey",
                        "DisableKeys",
                        "ScheduleKeyDeletion",
                        "CancelKeyDeletion");
        assertThat(events).allMatch(e -> e.caller().equals("root"));
        assertThat(events).noneMatch(e -> e.toString().contains(SECRET));
    }

    @Test
    void envelope_encryptAndDecrypt_areRecordedAsTheirDataKeys() {
        List<AuditEvent> events = run(kms -> {
            SymmetricCmk key = kms.createKey(NewKey.named("orders"));
            byte[] message = key.envelope().encrypt(SECRET.getBytes(StandardCharsets.UTF_8), CONTEXT);
            kms.envelope().decrypt(message, CONTEXT);
        });

        assertThat(events)
                .extracting(AuditEvent::name)
                .containsExactlyInAnyOrder("CreateKey", "GenerateDataKey", "Decrypt");
    }

    private interface Program {
        void run(EmbeddedKms kms);
    }

    private List<AuditEvent> run(Program program) {
        AtomicReference<Store> store = new AtomicReference<>();
        try (EmbeddedKms kms = TestKms.builder(folder)
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .strictAudit()
                .build()) {
            program.run(kms);
            List<AuditEvent> events = new ArrayList<>();
            store.get().readAudit(entry -> events.add(entry.event()));
            assertThat(store.get().verifyAudit()).isEmpty();
            return events;
        }
    }

    private static void refused(Runnable action) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(action::run);
    }
}
