package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data-key cache through the engine: what is shared, what the states do, what the audit trail says. */
final class DataKeyCacheTest {
    private static final byte[] PLAINTEXT = "4111 1111".getBytes(StandardCharsets.US_ASCII);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final EncryptionContext OTHER = EncryptionContext.of("tenant", "t2");

    @TempDir
    Path folder;

    private final AtomicReference<Store> store = new AtomicReference<>();

    private EmbeddedKms open(UnaryOperator<DataKeyCache> limits) {
        return TestKms.builder(folder)
                .dataKeyCache(limits.apply(DataKeyCache.standard()))
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .strictAudit()
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES_256", "SM4"})
    void messages_ofOneContext_shareADataKeyAndOpenWithoutTheCache(String spec) {
        List<byte[]> messages = new ArrayList<>();
        try (EmbeddedKms kms = open(limits -> limits.maxMessages(2))) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders").spec(KeySpec.of(spec)));
            for (EncryptionContext context : List.of(CONTEXT, CONTEXT, OTHER, CONTEXT)) {
                messages.add(orders.envelope().encrypt(PLAINTEXT, context));
            }
        }

        assertThat(messages.stream().map(DataKeyCacheTest::wrappedKey).distinct())
                .hasSize(3);
        assertThat(wrappedKey(messages.get(0))).isEqualTo(wrappedKey(messages.get(1)));
        assertThat(messages.stream().map(DataKeyCacheTest::messageId).distinct())
                .hasSize(4);
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            assertThat(kms.envelope().decrypt(messages.get(1), CONTEXT)).isEqualTo(PLAINTEXT);
            assertThat(kms.envelope().decrypt(messages.get(2), OTHER)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void everyHit_hasItsEvent() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            SymmetricCmk others = kms.createKey(NewKey.named("others"));
            byte[] message = orders.envelope().encrypt(PLAINTEXT, CONTEXT);
            orders.envelope().encrypt(PLAINTEXT, CONTEXT);
            orders.envelope().alsoFor(others).encrypt(PLAINTEXT, CONTEXT);
            orders.envelope().alsoFor(others).encrypt(PLAINTEXT, CONTEXT);
            orders.envelope().decrypt(message, CONTEXT);
            kms.envelope().decrypt(message, CONTEXT);

            assertThat(events().stream().filter(e -> !e.isWrite()).map(DataKeyCacheTest::summary))
                    .containsExactly(
                            "GenerateDataKey [dataKeyBytes, keyVersion]",
                            "GenerateDataKey [cached, dataKeyBytes, keyVersion]",
                            "GenerateDataKey [dataKeyBytes, keyVersion]",
                            "Encrypt [keyVersion, plaintextBytes]",
                            "GenerateDataKey [cached, dataKeyBytes, keyVersion]",
                            "Encrypt [cached, keyVersion, plaintextBytes]",
                            "Decrypt [plaintextBytes, sourceKeyVersion]",
                            "Decrypt [cached, plaintextBytes, sourceKeyVersion]");
            assertThat(events().stream().filter(e -> !e.isWrite()).map(AuditEvent::keyId))
                    .doesNotContainNull();
        }
    }

    @Test
    void stateChange_refusesHitsAtOnceAndEvicts() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            byte[] message = orders.envelope().encrypt(PLAINTEXT, CONTEXT);
            orders.envelope().decrypt(message, CONTEXT);

            orders.disable();

            assertThatExceptionOfType(KeyStateException.class)
                    .isThrownBy(() -> orders.envelope().encrypt(PLAINTEXT, CONTEXT));
            assertThatExceptionOfType(KeyStateException.class)
                    .isThrownBy(() -> orders.envelope().decrypt(message, CONTEXT));
            orders.enable();
            assertThat(wrappedKey(orders.envelope().encrypt(PLAINTEXT, CONTEXT)))
                    .isNotEqualTo(wrappedKey(message));
            assertThat(orders.envelope().decrypt(message, CONTEXT)).isEqualTo(PLAINTEXT);
            assertThat(lastEvent().details()).doesNotContainKey("cached");
        }
    }

    @Test
    void callerWithoutPermission_isRefusedWhatIsCachedForOthers() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            byte[] message = orders.envelope().encrypt(PLAINTEXT, CONTEXT);
            kms.envelope().decrypt(message, CONTEXT);
            Kms clerk = kms.as(Caller.account("clerk"));

            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> clerk.envelope().decrypt(message, CONTEXT));
        }
    }

    @Test
    void rotation_encryptsUnderTheNewVersionAtOnce() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            orders.envelope().encrypt(PLAINTEXT, CONTEXT);

            String version = orders.rotate().id().toString();

            orders.envelope().encrypt(PLAINTEXT, CONTEXT);
            assertThat(lastEvent().details())
                    .containsEntry("keyVersion", version)
                    .doesNotContainKey("cached");
        }
    }

    @Test
    void rotationOfAnotherRecipient_wrapsUnderItsNewVersion() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            SymmetricCmk others = kms.createKey(NewKey.named("others"));
            orders.envelope().alsoFor(others).encrypt(PLAINTEXT, CONTEXT);

            String version = others.rotate().id().toString();

            orders.envelope().alsoFor(others).encrypt(PLAINTEXT, CONTEXT);
            assertThat(lastEvent().name()).isEqualTo("Encrypt");
            assertThat(lastEvent().details()).containsEntry("keyVersion", version);
        }
    }

    @Test
    void stateChange_ofAnotherProcess_countsWithinTheStaleness() {
        try (EmbeddedKms one = TestKms.builder(folder)
                        .dataKeyCache(DataKeyCache.standard())
                        .staleness(Duration.ZERO)
                        .build();
                EmbeddedKms other = TestKms.builder(folder).build()) {
            SymmetricCmk orders = one.createKey(NewKey.named("orders"));
            byte[] message = orders.envelope().encrypt(PLAINTEXT, CONTEXT);

            other.symmetricKey("orders").disable();
            assertThatExceptionOfType(KeyStateException.class)
                    .isThrownBy(() -> orders.envelope().encrypt(PLAINTEXT, CONTEXT));
            other.symmetricKey("orders").enable();

            assertThat(wrappedKey(orders.envelope().encrypt(PLAINTEXT, CONTEXT)))
                    .isNotEqualTo(wrappedKey(message));
        }
    }

    @Test
    void streamsRewrappedMessagesAndKeysThatAreHandedOut_areAlwaysFresh() throws IOException {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            List<String> wrapped = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                byte[] shared = orders.envelope().encrypt(PLAINTEXT, CONTEXT);
                wrapped.add(wrappedKey(shared));
                wrapped.add(wrappedKey(orders.envelope().rewrap(shared, CONTEXT)));
                ByteArrayOutputStream message = new ByteArrayOutputStream();
                orders.envelope().encrypt(new ByteArrayInputStream(PLAINTEXT), message, CONTEXT);
                wrapped.add(wrappedKey(message.toByteArray()));
                wrapped.add(orders.newRecordKey(CONTEXT).toBase64());
                wrapped.add(orders.envelope().newDetachedKey(CONTEXT).toBase64());
            }

            assertThat(wrapped.stream().distinct()).hasSize(9);
        }
    }

    @Test
    void dataKeysThatAreOpened_areCachedWhateverTheyAreFor() {
        try (EmbeddedKms kms = open(limits -> limits)) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            Ciphertext wrapped = orders.newRecordKey(CONTEXT);
            try (RecordCipher records = orders.records(wrapped, CONTEXT);
                    DataKey dataKey = orders.decryptDataKey(wrapped, CONTEXT)) {
                assertThat(dataKey.size()).isEqualTo(32);
                assertThat(lastEvent().details()).containsKey("cached");
                assertThat(records.encrypt(PLAINTEXT, new byte[0])).isNotEmpty();
            }
            try (DataKey again = orders.decryptDataKey(wrapped, CONTEXT)) {
                assertThat(again.<byte[], RuntimeException>use(byte[]::clone)).isNotEqualTo(new byte[32]);
            }
        }
    }

    @Test
    void withoutTheSetting_everyMessageHasADataKeyOfItsOwn() {
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));

            assertThat(wrappedKey(orders.envelope().encrypt(PLAINTEXT, CONTEXT)))
                    .isNotEqualTo(wrappedKey(orders.envelope().encrypt(PLAINTEXT, CONTEXT)));
        }
    }

    @Test
    void limits_outOfRange_areRefused() {
        DataKeyCache cache = DataKeyCache.standard();

        assertThat(cache).hasToString("DataKeyCache[1000 entries, PT1M, 10000 messages, 1073741824 bytes]");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxEntries(0));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxEntries(DataKeyCache.MOST_ENTRIES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxMessages(0));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxMessages(DataKeyCache.MOST_MESSAGES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxBytes(DataKeyCache.MOST_BYTES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.maxAge(Duration.ofNanos(999_999)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.maxAge(Duration.ofDays(1).plusNanos(1)));
        assertThat(cache.maxEntries(1).maxMessages(2).maxBytes(3).maxAge(Duration.ofMillis(4)))
                .hasToString("DataKeyCache[1 entries, PT0.004S, 2 messages, 3 bytes]");
    }

    @Test
    void backgroundThread_goesOnAfterAFailureAndEndsWhenItIsClosed() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        BackgroundThread thread = BackgroundThread.start("test", Duration.ofMillis(1), () -> {
            runs.countDown();
            throw new IllegalStateException("a failing run");
        });

        runs.await();
        thread.close();
    }

    private List<AuditEvent> events() {
        List<AuditEvent> events = new ArrayList<>();
        store.get().readAudit(entry -> events.add(entry.event()));
        return events;
    }

    private AuditEvent lastEvent() {
        List<AuditEvent> events = events();
        return events.get(events.size() - 1);
    }

    private static String summary(AuditEvent event) {
        return event.name() + " " + event.details().keySet().stream().sorted().toList();
    }

    /** version (1), suite (2), message id (32), context, one wrapped key: docs/formats.md §4.1. */
    private static String messageId(byte[] message) {
        return HexFormat.of().formatHex(message, 3, 35);
    }

    private static String wrappedKey(byte[] message) {
        int at = 35 + 2 + CONTEXT.toBytes().length + 2;
        for (int field = 0; field < 2; field++) {
            at += 2 + length(message, at);
        }
        byte[] wrapped = Arrays.copyOfRange(message, at + 2, at + 2 + length(message, at));
        return Ciphertext.copyOf(wrapped).toBase64();
    }

    private static int length(byte[] message, int at) {
        return (Byte.toUnsignedInt(message[at]) << 8) | Byte.toUnsignedInt(message[at + 1]);
    }
}
