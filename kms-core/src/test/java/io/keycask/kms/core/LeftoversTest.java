package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is left when an operation of several steps ends after some of them: the store fails at a chosen transaction and
 * from then on, as it looks to a process that dies there, and another engine goes on.
 */
final class LeftoversTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] TEXT = "still here".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.now());

    @Test
    void createKey_diedBeforeTheKeyWasLive_isFinishedByCreateIfAbsent() {
        dieDuring(1, kms -> kms.createKey(NewKey.named("orders")));

        try (EmbeddedKms kms = open()) {
            assertThat(kms.findKey("orders")).isEmpty();
            SymmetricCmk key = kms.createKeyIfAbsent(NewKey.named("orders"));
            assertThat(kms.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
            assertThat(kms.runMaintenance().undone()).isZero();
        }
    }

    @Test
    void createKey_diedBeforeTheKeyWasLive_isUndoneByMaintenanceInTheEnd() {
        dieDuring(1, kms -> kms.createKey(NewKey.named("orders")));

        try (EmbeddedKms kms = open()) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> kms.createKey(NewKey.named("orders")))
                    .matches(e -> e.code() == ErrorCode.ALIAS_ALREADY_EXISTS);
            assertThat(kms.runMaintenance().undone()).isZero();
            clock.advance(Duration.ofMinutes(11));
            assertThat(kms.runMaintenance().undone()).isEqualTo(1);
            assertThat(kms.createKey(NewKey.named("orders"))
                            .encrypt(TEXT, CONTEXT)
                            .size())
                    .isPositive();
        }
    }

    @Test
    void rotate_diedBeforeTheVersionWasCurrent_keepsTheOldOneAndIsUndone() {
        Ciphertext old;
        try (EmbeddedKms kms = open()) {
            old = kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT);
        }
        dieDuring(1, kms -> kms.symmetricKey("orders").rotate());

        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.symmetricKey("orders");
            assertThat(key.versions()).hasSize(1);
            assertThat(kms.decrypt(old, CONTEXT)).isEqualTo(TEXT);
            clock.advance(Duration.ofMinutes(11));
            assertThat(kms.runMaintenance().undone()).isEqualTo(1);
            assertThat(kms.runMaintenance().undone()).isZero();
            key.rotate();
            assertThat(key.versions()).hasSize(2);
            assertThat(kms.decrypt(old, CONTEXT)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest(name = "after {0} transactions")
    @ValueSource(ints = {0, 1})
    void deletion_diedOnTheWay_isEndedByTheNextRun(int transactions) {
        Ciphertext old;
        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.createKey(NewKey.named("orders"));
            old = key.encrypt(TEXT, CONTEXT);
            key.disable();
            key.scheduleDeletion(7);
        }
        clock.advance(Duration.ofDays(8));
        dieDuring(transactions, EmbeddedKms::runMaintenance);
        clock.advance(Duration.ofMinutes(11));

        try (EmbeddedKms kms = open()) {
            MaintenanceReport report = kms.runMaintenance();
            assertThat(report.deleted() + report.undone()).isEqualTo(1);
            assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> kms.decrypt(old, CONTEXT));
            assertThat(kms.createKey(NewKey.named("orders")).describe().alias()).isEqualTo("orders");
        }
    }

    @ParameterizedTest(name = "after {0} transactions")
    @ValueSource(ints = {0, 1, 2, 3})
    void changeRootKey_diedOnTheWay_goesOnWhereItStopped(int transactions) {
        Ciphertext[] ciphertexts = new Ciphertext[3];
        try (EmbeddedKms kms = open()) {
            for (int i = 0; i < ciphertexts.length; i++) {
                ciphertexts[i] = kms.createKey(NewKey.named("k" + i)).encrypt(TEXT, CONTEXT);
            }
        }
        dieDuring(changing(), transactions, EmbeddedKms::changeRootKey);

        try (EmbeddedKms kms = changing().build()) {
            assertThat(kms.changeRootKey()).isBetween(1, 4);
            assertThat(kms.changeRootKey()).isZero();
        }
        try (EmbeddedKms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.of(newRoot())))
                .build()) {
            for (Ciphertext ciphertext : ciphertexts) {
                assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
            }
        }
    }

    private EmbeddedKms.Builder changing() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.of(newRoot()))
                        .previously(RootKey.file(folder.resolve("secrets/root.key"))))
                .maintenanceInterval(Duration.ZERO);
    }

    private static byte[] newRoot() {
        byte[] root = new byte[32];
        root[0] = 1;
        return root;
    }

    private EmbeddedKms open() {
        return TestKms.open(folder, clock);
    }

    private interface Program {
        void run(EmbeddedKms kms);
    }

    private void dieDuring(int transactions, Program program) {
        dieDuring(TestKms.builder(folder).clock(clock), transactions, program);
    }

    /** Runs the program on an engine whose store fails after this many transactions of the program. */
    private void dieDuring(EmbeddedKms.Builder builder, int transactions, Program program) {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        EmbeddedKms kms = builder.storeWrapper(store -> new DyingStore(TestKms.clocked(store, clock), left))
                .build();
        left.set(transactions);
        try {
            program.run(kms);
        } catch (StoreException e) {
            assertThat(e.isRetryable()).isTrue();
        }
        left.set(Integer.MAX_VALUE); // the audit events of the failures may be written; the changes were not
        kms.close();
    }

    private static final class DyingStore extends DelegatingStore {
        private final AtomicInteger left;

        DyingStore(Store store, AtomicInteger left) {
            super(store);
            this.left = left;
        }

        @Override
        public <T> T write(Work<T> work) {
            spend();
            return super.write(work);
        }

        @Override
        public boolean resealStoreKey(io.keycask.kms.core.internal.store.StoreAnchor anchor) {
            spend();
            return super.resealStoreKey(anchor);
        }

        private void spend() {
            if (left.getAndDecrement() <= 0) {
                throw StoreException.retryable("the process is dead", null);
            }
        }
    }
}
