package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.IndependentUnwrapping;
import io.keycask.kms.spi.MemoryProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is left when an import, an expiry or a deletion of material ends after some of its transactions, and what becomes of
 * two imports at once: the device in the end holds what the store knows, and nothing else.
 */
final class ImportLeftoversTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] TEXT = "still here".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MATERIAL = "01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.now());
    private final MemoryProvider.Device device = new MemoryProvider.Device();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    private EmbeddedKms open() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(new MemoryProvider("device", device))
                .maintenanceInterval(Duration.ZERO)
                .staleness(Duration.ZERO)
                .clock(clock)
                .storeWrapper(store -> dying(TestKms.clocked(store, clock)))
                .build();
    }

    private DelegatingStore dying(Store store) {
        return new DelegatingStore(store) {
            @Override
            public Instant databaseTime() {
                return clock.instant();
            }

            @Override
            public void audit(List<AuditEvent> events) {
                store.audit(events); // of reads, at some time or other: does not count
            }

            @Override
            public <T> T write(Work<T> work) {
                if (left.getAndDecrement() <= 0) {
                    throw StoreException.retryable("the process is dead", null);
                }
                return super.write(work);
            }
        };
    }

    private interface Program {
        void run(EmbeddedKms kms) throws Exception;
    }

    private void dieDuring(int transactions, Program program) throws Exception {
        try (EmbeddedKms kms = open()) {
            left.set(transactions);
            try {
                program.run(kms);
            } catch (StoreException e) {
                assertThat(e.isRetryable()).isTrue();
            } finally {
                left.set(Integer.MAX_VALUE);
            }
        }
    }

    private static byte[] wrap(ImportParameters parameters, byte[] material) throws GeneralSecurityException {
        RSAPublicKey publicKey = (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(parameters.publicKey()));
        return IndependentUnwrapping.wrap(publicKey, parameters.algorithm(), material);
    }

    private static void importInto(SymmetricCmk key, byte[] material) throws GeneralSecurityException {
        ImportParameters parameters = key.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256);
        key.materialImport().importMaterial(wrap(parameters, material), parameters.token());
    }

    private Ciphertext createAndEncrypt() throws GeneralSecurityException {
        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.createKey(NewKey.named("orders").external());
            importInto(key, MATERIAL);
            return key.encrypt(TEXT, CONTEXT);
        }
    }

    @ParameterizedTest(name = "after {0} transactions")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void import_diedOnTheWay_isDoneAgainAndLeavesNothing(int transactions) throws Exception {
        Ciphertext ciphertext = createAndEncrypt();
        try (EmbeddedKms kms = open()) {
            kms.symmetricKey("orders").materialImport().deleteMaterial();
        }
        dieDuring(transactions, kms -> importInto(kms.symmetricKey("orders"), MATERIAL));

        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.symmetricKey("orders");
            assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
            importInto(key, MATERIAL);
            assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
            clock.advance(Duration.ofHours(25));
            assertThat(kms.runMaintenance().failed()).isZero();
            assertThat(kms.runMaintenance().undone()).isZero();
            assertThat(device.size()).isEqualTo(1);
            assertThat(device.wrappingKeys()).isZero();
            assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest(name = "after {0} transactions")
    @ValueSource(ints = {0, 1})
    void deleteMaterial_diedOnTheWay_isEndedByMaintenance(int transactions) throws Exception {
        Ciphertext ciphertext = createAndEncrypt();
        dieDuring(
                transactions, kms -> kms.symmetricKey("orders").materialImport().deleteMaterial());

        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.symmetricKey("orders");
            clock.advance(Duration.ofMinutes(11));
            assertThat(kms.runMaintenance().failed()).isZero();
            assertThat(device.size()).isEqualTo(1 - transactions);
            if (transactions > 0) {
                importInto(key, MATERIAL);
            }
            assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest(name = "after {0} transactions")
    @ValueSource(ints = {0, 1, 2})
    void expiry_diedOnTheWay_isEndedByTheNextRun(int transactions) throws Exception {
        try (EmbeddedKms kms = open()) {
            SymmetricCmk key = kms.createKey(NewKey.named("orders").external());
            ImportParameters parameters = key.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256);
            key.materialImport()
                    .importMaterial(
                            wrap(parameters, MATERIAL),
                            parameters.token(),
                            clock.instant().plus(Duration.ofDays(2)));
        }
        clock.advance(Duration.ofDays(2));
        dieDuring(transactions, EmbeddedKms::runMaintenance);
        clock.advance(Duration.ofMinutes(11));

        try (EmbeddedKms kms = open()) {
            assertThat(kms.runMaintenance().failed()).isZero();
            assertThat(kms.symmetricKey("orders").describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
            assertThat(device.size()).isZero();
            assertThat(device.wrappingKeys()).isZero();
        }
    }

    @Test
    void importInTwoProcesses_ofDifferentMaterial_oneDecidesForEver() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (EmbeddedKms here = open();
                EmbeddedKms there = open()) {
            for (int i = 0; i < 10; i++) {
                SymmetricCmk key = here.createKey(NewKey.named("k" + i).external());
                boolean sameMaterial = i % 2 == 0;
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Optional<ErrorCode>>> outcomes = new ArrayList<>();
                for (EmbeddedKms kms : List.of(here, there)) {
                    SymmetricCmk mine = kms.symmetricKey(key.id());
                    byte[] material = MATERIAL.clone();
                    material[0] = (byte) (kms == here || sameMaterial ? 1 : 2);
                    ImportParameters parameters =
                            mine.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256);
                    byte[] wrapped = wrap(parameters, material);
                    outcomes.add(threads.submit(() -> {
                        start.await();
                        try {
                            mine.materialImport().importMaterial(wrapped, parameters.token());
                            return Optional.<ErrorCode>empty();
                        } catch (KmsException e) {
                            return Optional.of(e.code());
                        }
                    }));
                }

                List<Optional<ErrorCode>> codes =
                        List.of(outcomes.get(0).get(), outcomes.get(1).get());

                if (sameMaterial) {
                    assertThat(codes).containsExactly(Optional.empty(), Optional.empty());
                } else {
                    assertThat(codes)
                            .containsExactlyInAnyOrder(Optional.empty(), Optional.of(ErrorCode.MATERIAL_NOT_MATCH));
                }
                assertThat(device.size()).isEqualTo(i + 1);
                SymmetricCmk other = there.symmetricKey(key.id());
                assertThat(other.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tokenUsedInTwoProcessesAtOnce_servesOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (EmbeddedKms here = open();
                EmbeddedKms there = open()) {
            SymmetricCmk key = here.createKey(NewKey.named("orders").external());
            ImportParameters parameters = key.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256);
            byte[] wrapped = wrap(parameters, MATERIAL);
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (EmbeddedKms kms : List.of(here, there)) {
                outcomes.add(threads.submit(() -> {
                    try {
                        kms.symmetricKey("orders").materialImport().importMaterial(wrapped, parameters.token());
                        return true;
                    } catch (KmsException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
                        return false;
                    }
                }));
            }

            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get())).containsExactlyInAnyOrder(true, false);
            assertThat(device.size()).isEqualTo(1);
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> key.materialImport().importMaterial(wrapped, parameters.token()));
        } finally {
            threads.shutdownNow();
        }
    }
}
