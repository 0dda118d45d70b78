package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AuditQuery;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.blob.UsageLimits;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.IndependentUnwrapping;
import io.keycask.kms.spi.MemoryProvider;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key versions that may encrypt only so often, on a device of AES-256-GCM. */
final class VersionUsageTest {
    private static final UsageLimits LIMITS = new UsageLimits(2, 8, 100, 201);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] TEXT = {1, 2, 3};

    @TempDir
    private Path folder;

    private final MemoryProvider.Device device = new MemoryProvider.Device();
    private final ConcurrentLinkedQueue<Store.Block> blocks = new ConcurrentLinkedQueue<>();
    private EmbeddedKms first;
    private EmbeddedKms second;

    @BeforeEach
    void openTwo() {
        first = open();
        second = open();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private EmbeddedKms open() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(new MemoryProvider("device", device))
                .maintenanceInterval(Duration.ZERO)
                .staleness(Duration.ZERO)
                .usageLimits(LIMITS)
                .storeWrapper(this::recording)
                .build();
    }

    private Store recording(Store store) {
        return new DelegatingStore(store) {
            @Override
            public <T> T write(Work<T> work) {
                T result = super.write(work);
                if (result instanceof Block block) {
                    blocks.add(block);
                }
                return result;
            }
        };
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void threadsOfTwoProcesses_takeEveryUseOnceAndNoneBehindTheBound(long seed) throws Exception {
        SymmetricCmk key = first.createKey(NewKey.named("orders"));
        SymmetricCmk same = second.symmetricKey(key.id());
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RandomGenerator random = random(seed * 100 + i);
            SymmetricCmk mine = i % 2 == 0 ? key : same;
            threads.add(() -> useUp(mine, random));
        }

        int uses = all(threads).stream().mapToInt(Integer::intValue).sum();

        assertThat(uses).isEqualTo((int) LIMITS.bound());
        assertThat(reserved()).isEqualTo(LIMITS.bound());
        assertThat(blocks).allMatch(block -> block.size() <= LIMITS.maxBlock());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Encrypts in all ways until that is refused, and returns how often it was not. */
    private static int useUp(SymmetricCmk key, RandomGenerator random) {
        int uses = 0;
        try {
            while (true) {
                switch (random.nextInt(3)) {
                    case 0 -> key.encrypt(TEXT, CONTEXT);
                    case 1 -> key.generateDataKey(DataKeySpec.AES_256, CONTEXT).close();
                    default -> key.envelope().encrypt(TEXT, CONTEXT);
                }
                uses++;
            }
        } catch (LimitExceededException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            return uses;
        }
    }

    private static <T> List<T> all(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    /** Returns how many uses were reserved, after a look that nobody got one that another had. */
    private long reserved() {
        long end = 0;
        for (Store.Block block : blocks.stream()
                .filter(block -> block.size() > 0)
                .sorted(Comparator.comparingLong(Store.Block::first))
                .toList()) {
            assertThat(block.first()).isEqualTo(end);
            end = block.end();
        }
        return end;
    }

    @Test
    void processThatEnds_losesOnlyTheRestOfItsBlock() {
        SymmetricCmk key = first.createKey(NewKey.named("orders"));
        key.encrypt(TEXT, CONTEXT);
        first.close();

        second.symmetricKey(key.id()).encrypt(TEXT, CONTEXT);

        assertThat(blocks).containsExactly(new Store.Block(0, 2), new Store.Block(2, 4));
    }

    @Test
    void reEncryptCounts_decryptDoesNot() {
        SymmetricCmk key = first.createKey(NewKey.named("orders"));
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);

        for (int i = 0; i < 20; i++) {
            assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        }
        key.reEncrypt(ciphertext, CONTEXT, EncryptionContext.empty());
        assertThat(blocks).containsExactly(new Store.Block(0, 2));

        key.reEncrypt(ciphertext, CONTEXT, EncryptionContext.empty());
        assertThat(blocks).containsExactly(new Store.Block(0, 2), new Store.Block(2, 6));
    }

    @Test
    void keyUsedOften_isRotatedOnceByMaintenanceOfTwoProcesses() throws Exception {
        SymmetricCmk key = first.createKey(NewKey.named("orders"));
        Ciphertext early = key.encrypt(TEXT, CONTEXT);
        assertThat(first.runMaintenance().rotated()).isZero();
        for (int i = 1; i < LIMITS.rotateFrom(); i++) {
            key.encrypt(TEXT, CONTEXT);
        }

        List<Callable<Integer>> both = List.of(
                () -> first.runMaintenance().rotated(),
                () -> second.runMaintenance().rotated());

        assertThat(all(both)).containsExactlyInAnyOrder(0, 1);
        assertThat(first.runMaintenance().rotated()).isZero();
        assertThat(first.audit().find(AuditQuery.all().eventName("RotateKey")).items())
                .singleElement()
                .matches(event -> event.toString().contains("maintenance"));
        for (int i = 0; i < LIMITS.rotateFrom() / 2; i++) {
            key.encrypt(TEXT, CONTEXT);
        }
        assertThat(second.decrypt(early, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void keyAtTheBound_isRefusedUntilItIsRotated() {
        SymmetricCmk key = first.createKey(NewKey.named("orders"));
        Ciphertext early = key.encrypt(TEXT, CONTEXT);
        useUp(key, random(1));

        assertRefused(key);
        assertRefused(second.symmetricKey(key.id()));
        assertThat(key.decrypt(early, CONTEXT)).isEqualTo(TEXT);
        key.rotate();

        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void importedMaterialAtTheBound_isNotRotatedAndRefusedAlsoWhenItIsImportedAgain() throws Exception {
        SymmetricCmk key = first.createKey(NewKey.named("orders").external());
        importInto(key);
        Ciphertext early = key.encrypt(TEXT, CONTEXT);
        useUp(key, random(1));

        assertThat(first.runMaintenance().rotated()).isZero();
        assertRefused(key);
        key.materialImport().deleteMaterial();
        importInto(key);

        assertRefused(key);
        assertRefused(second.symmetricKey(key.id()));
        assertThat(key.decrypt(early, CONTEXT)).isEqualTo(TEXT);
    }

    private static void importInto(SymmetricCmk key) throws Exception {
        ImportParameters parameters = key.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256);
        RSAPublicKey publicKey = (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(parameters.publicKey()));
        byte[] material = new byte[32];
        material[0] = 42;
        key.materialImport()
                .importMaterial(
                        IndependentUnwrapping.wrap(publicKey, parameters.algorithm(), material), parameters.token());
    }

    private static void assertRefused(SymmetricCmk key) {
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> key.encrypt(TEXT, CONTEXT))
                .withMessageContaining(key.id().toString())
                .withMessageContaining("201");
    }

    @Test
    void suiteWithoutABound_reservesNothing(@TempDir Path other) {
        try (EmbeddedKms soft = TestKms.builder(other)
                .usageLimits(new UsageLimits(1, 1, 1, 1))
                .storeWrapper(this::recording)
                .build()) {
            SymmetricCmk key = soft.createKey(NewKey.named("orders"));
            key.encrypt(TEXT, CONTEXT);
            key.encrypt(TEXT, CONTEXT);

            assertThat(soft.runMaintenance().rotated()).isZero();
        }
        assertThat(blocks).isEmpty();
    }
}
