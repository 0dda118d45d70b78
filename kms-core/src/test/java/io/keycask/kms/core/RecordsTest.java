package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.NewKey;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records through the engine: whose keys open them, what states do, what the audit trail says. */
final class RecordsTest {
    private static final byte[] VALUE = "4111 1111".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = "card/4711".getBytes(StandardCharsets.US_ASCII);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    @TempDir
    Path folder;

    @Test
    void record_afterRestartAndRotationAndReEncryption_opens() {
        Ciphertext wrapped;
        byte[] record;
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            wrapped = orders.newRecordKey(CONTEXT);
            try (RecordCipher records = orders.records(wrapped, CONTEXT)) {
                record = records.encrypt(VALUE, PLACE);
            }
            orders.rotate();
            wrapped = kms.reEncrypt(wrapped, CONTEXT).ciphertext();
        }
        try (EmbeddedKms kms = TestKms.builder(folder).build();
                RecordCipher ofKey = kms.symmetricKey("orders").records(wrapped, CONTEXT);
                RecordCipher ofAny = kms.records(wrapped, CONTEXT)) {
            assertThat(ofKey.decrypt(record, PLACE)).isEqualTo(VALUE);
            assertThat(ofAny.decrypt(record, PLACE)).isEqualTo(VALUE);
        }
    }

    @Test
    void records_wrongKeyContextOrSize_areRefused() {
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            SymmetricCmk others = kms.createKey(NewKey.named("others"));
            Ciphertext wrapped = orders.newRecordKey(CONTEXT);
            Ciphertext small = orders.generateDataKeyWithoutPlaintext(DataKeySpec.ofBytes(24), CONTEXT);

            assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> others.records(wrapped, CONTEXT));
            assertThatExceptionOfType(DecryptionException.class)
                    .isThrownBy(() -> kms.records(wrapped, EncryptionContext.empty()));
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> kms.records(small, CONTEXT));
        }
    }

    @Test
    void records_disabledKey_cannotBeOpenedButStayOpen() {
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            Ciphertext wrapped = orders.newRecordKey(CONTEXT);
            try (RecordCipher open = orders.records(wrapped, CONTEXT)) {
                orders.disable();

                assertThat(open.decrypt(open.encrypt(VALUE, PLACE), PLACE)).isEqualTo(VALUE);
                assertThatExceptionOfType(KeyStateException.class).isThrownBy(() -> orders.records(wrapped, CONTEXT));
                assertThatExceptionOfType(KeyStateException.class).isThrownBy(() -> orders.newRecordKey(CONTEXT));
            }
        }
    }

    @Test
    void records_leaveTheOpeningInTheAuditTrail() {
        AtomicReference<Store> store = new AtomicReference<>();
        try (EmbeddedKms kms = TestKms.builder(folder)
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .strictAudit()
                .build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            try (RecordCipher records = orders.records(orders.newRecordKey(CONTEXT), CONTEXT)) {
                records.decrypt(records.encrypt(VALUE, PLACE), PLACE);
            }

            List<AuditEvent> events = new ArrayList<>();
            store.get().readAudit(entry -> events.add(entry.event()));
            assertThat(events)
                    .extracting(AuditEvent::name)
                    .containsExactlyInAnyOrder("CreateKey", "GenerateDataKey", "Decrypt");
        }
    }
}
