package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.NewKey;
import io.keycask.kms.ProviderException;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a caller sees it, on a real store and the software provider. */
final class EmbeddedKmsTest {
    private static final byte[] TEXT = "four little words here".getBytes(StandardCharsets.UTF_8);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    @TempDir
    Path folder;

    private EmbeddedKms kms;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder).build();
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void encrypt_thenDecryptAfterReopening_returnsThePlaintext() {
        Ciphertext ciphertext = kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT);

        kms.close();
        open();

        assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        assertThat(ciphertext.size() - TEXT.length).isEqualTo(66);
    }

    @Test
    void decrypt_anyBitFlippedOrCutOrAppended_isRejected() {
        byte[] bytes =
                kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT).toBytes();

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            boolean namesAnotherKey = bit / 8 >= 2 && bit / 8 < 18;
            assertThatExceptionOfType(namesAnotherKey ? KeyNotFoundException.class : DecryptionException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> kms.decrypt(Ciphertext.copyOf(damaged), CONTEXT));
        }
        for (int length = 0; length < bytes.length; length++) {
            Ciphertext cut = Ciphertext.copyOf(Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> kms.decrypt(cut, CONTEXT));
        }
        Ciphertext longer = Ciphertext.copyOf(Arrays.copyOf(bytes, bytes.length + 1));
        assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> kms.decrypt(longer, CONTEXT));
    }

    @Test
    void decrypt_byAnotherKeysHandle_isRejected() {
        Ciphertext ciphertext = kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT);
        SymmetricCmk other = kms.createKey(NewKey.named("invoices"));

        assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> other.decrypt(ciphertext, CONTEXT));
    }

    @Test
    void encrypt_plaintextOutsideItsLimits_isRefused() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));

        for (int size : new int[] {0, SymmetricCmk.MAX_PLAINTEXT_BYTES + 1}) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> key.encrypt(new byte[size], CONTEXT))
                    .matches(e -> e.code() == ErrorCode.INVALID_PLAINTEXT);
        }
        for (int size : new int[] {1, SymmetricCmk.MAX_PLAINTEXT_BYTES}) {
            assertThat(kms.decrypt(key.encrypt(new byte[size], CONTEXT), CONTEXT))
                    .hasSize(size);
        }
    }

    @Test
    void generateDataKey_ofEveryKind_opensAgain() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));

        for (int size : new int[] {1, 16, 32, 1_024}) {
            try (DataKey made = key.generateDataKey(DataKeySpec.ofBytes(size), CONTEXT);
                    DataKey opened = key.decryptDataKey(made.wrapped(), CONTEXT)) {
                byte[] bytes = made.<byte[], RuntimeException>use(byte[]::clone);
                assertThat(bytes).hasSize(size);
                assertThat(opened.<Boolean, RuntimeException>use(b -> Arrays.equals(b, bytes)))
                        .isTrue();
            }
        }
        Ciphertext wrapped = key.generateDataKeyWithoutPlaintext(DataKeySpec.AES_256, CONTEXT);
        assertThat(kms.decrypt(wrapped, CONTEXT)).hasSize(32);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> DataKeySpec.ofBytes(1_025));
    }

    @Test
    void generateRandom_atItsLimits_answersOrRefuses() {
        assertThat(kms.generateRandom(1)).hasSize(1);
        assertThat(kms.generateRandom(1_024)).hasSize(1_024).isNotEqualTo(new byte[1_024]);
        for (int size : new int[] {0, -1, 1_025}) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> kms.generateRandom(size));
        }
    }

    @Test
    void reEncrypt_betweenKeysContextsAndProviders_movesThePlaintext() {
        kms.close();
        kms = TestKms.builder(folder)
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("other/root.key")))
                        .named("second"))
                .build();
        SymmetricCmk first = kms.createKey(NewKey.named("first"));
        SymmetricCmk second = kms.createKey(NewKey.named("second").provider("second"));
        EncryptionContext other = EncryptionContext.of("tenant", "t2");
        Ciphertext ciphertext = first.encrypt(TEXT, CONTEXT);

        ReEncrypted moved = second.reEncrypt(ciphertext, CONTEXT, other);
        ReEncrypted unchanged = kms.reEncrypt(moved.ciphertext(), other);
        second.rotate();
        ReEncrypted renewed = kms.reEncrypt(moved.ciphertext(), other);

        assertThat(moved.changed()).isTrue();
        assertThat(moved.sourceKeyId()).isEqualTo(first.id());
        assertThat(moved.keyId()).isEqualTo(second.id());
        assertThat(second.describe().provider()).isEqualTo("second");
        assertThat(unchanged.changed()).isFalse();
        assertThat(unchanged.ciphertext()).isEqualTo(moved.ciphertext());
        assertThat(renewed.changed()).isTrue();
        assertThat(kms.decrypt(renewed.ciphertext(), other)).isEqualTo(TEXT);
    }

    @Test
    void createKey_aliasThatIsTaken_isRefusedAndTheFirstStays() {
        KeyId id = kms.createKey(NewKey.named("orders").description("first").tag("team", "pay"))
                .id();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kms.createKey(NewKey.named("orders")))
                .matches(e -> e.code() == ErrorCode.ALIAS_ALREADY_EXISTS);

        KeyMetadata key = kms.key("orders").describe();
        assertThat(key.id()).isEqualTo(id);
        assertThat(key.description()).isEqualTo("first");
        assertThat(key.tags()).containsOnlyKeys("team");
        assertThat(kms.countKeys(KeyQuery.all())).isEqualTo(1);
    }

    @Test
    void createKey_specThatNobodyOffers_isRefusedAndLeavesNothingBehind() {
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKey(NewKey.named("orders").spec(KeySpec.of("NONE"))))
                .withMessageContaining("NONE");

        assertThat(kms.findKey("orders")).isEmpty();
        assertThat(kms.createKey(NewKey.named("orders")).describe().state()).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void createKeyIfAbsent_byManyThreadsAndTwoEngines_createsOne() throws Exception {
        try (EmbeddedKms second = TestKms.builder(folder).build()) {
            Set<KeyId> ids = new HashSet<>(inParallel(
                    16,
                    i -> (i % 2 == 0 ? kms : second)
                            .createKeyIfAbsent(NewKey.named("orders"))
                            .id()));

            assertThat(ids).hasSize(1);
            assertThat(kms.countKeys(KeyQuery.all())).isEqualTo(1);
        }
    }

    @Test
    void rotate_byManyThreadsAndTwoEngines_losesAndDoublesNothing() throws Exception {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        try (EmbeddedKms second = TestKms.builder(folder).build()) {
            SymmetricCmk same = second.symmetricKey(key.id());

            List<Ciphertext> ciphertexts = inParallel(40, i -> {
                SymmetricCmk handle = i % 2 == 0 ? key : same;
                handle.rotate();
                return handle.encrypt(TEXT, CONTEXT);
            });

            assertThat(kms.symmetricKey(key.id()).versions()).hasSize(41);
            for (Ciphertext ciphertext : ciphertexts) {
                assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
                assertThat(second.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
            }
        }
    }

    @Test
    void staleness_zero_seesTheOtherEnginesChangeAtOnce() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        try (EmbeddedKms second =
                TestKms.builder(folder).staleness(Duration.ZERO).build()) {
            SymmetricCmk same = second.symmetricKey("orders");
            same.encrypt(TEXT, CONTEXT);

            key.disable();

            assertThatExceptionOfType(io.keycask.kms.KeyStateException.class)
                    .isThrownBy(() -> same.encrypt(TEXT, CONTEXT))
                    .matches(e -> e.code() == ErrorCode.CMK_DISABLED);
        }
    }

    @Test
    void decrypt_versionMadeByAnotherEngine_isFoundAtOnce() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        try (EmbeddedKms second =
                TestKms.builder(folder).staleness(Duration.ofMinutes(1)).build()) {
            second.symmetricKey("orders").encrypt(TEXT, CONTEXT);
            key.rotate();

            assertThat(second.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
        }
    }

    @Test
    void maintenance_byTwoEnginesAtOnce_rotatesOnce() throws Exception {
        kms.close();
        MutableClock clock = new MutableClock();
        kms = TestKms.open(folder, clock);
        List<SymmetricCmk> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            SymmetricCmk key = kms.createKey(NewKey.named("k" + i));
            key.enableRotation(7);
            keys.add(key);
        }
        clock.advance(Duration.ofDays(8));

        try (EmbeddedKms second = TestKms.open(folder, clock)) {
            List<MaintenanceReport> reports = inParallel(4, i -> (i % 2 == 0 ? kms : second).runMaintenance());

            assertThat(reports.stream().mapToInt(MaintenanceReport::rotated).sum())
                    .isEqualTo(10);
        }
        for (SymmetricCmk key : keys) {
            assertThat(key.versions().stream().filter(v -> v.created().equals(clock.instant())))
                    .hasSize(1);
        }
    }

    @Test
    void batch_tooLongOrWithAnUnknownOrDoubleKey_changesNothing() {
        KeyId id = kms.createKey(NewKey.named("orders")).id();
        List<KeyId> tooMany = IntStream.range(0, 101)
                .mapToObj(i -> new KeyId(UUID.randomUUID()))
                .toList();

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> kms.disableKeys(tooMany));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kms.disableKeys(List.of(id, id)))
                .matches(e -> e.code() == ErrorCode.DUPLICATED_KEY_ID);
        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> kms.disableKeys(List.of(id, new KeyId(UUID.randomUUID()))));
        assertThat(kms.key(id).describe().state()).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void tags_moreThanTheLimit_areRefused() {
        NewKey<SymmetricCmk> request = NewKey.named("orders");
        for (int i = 0; i < NewKey.MAX_TAGS; i++) {
            request = request.tag("k" + i, "v");
        }
        NewKey<SymmetricCmk> full = request;

        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> full.tag("more", "v"));
        assertThat(kms.createKey(full).describe().tags()).hasSize(NewKey.MAX_TAGS);
    }

    @Test
    void open_withAnotherRootKey_isRefusedAndWritesNothing() throws Exception {
        kms.createKey(NewKey.named("orders"));
        kms.close();
        byte[] before = Files.readAllBytes(folder.resolve("keys.db"));

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> EmbeddedKms.builder()
                        .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                        .provider(SoftProvider.sealedBy(RootKey.of(new byte[32])))
                        .build())
                .withMessageContaining("root key");

        assertThat(Files.readAllBytes(folder.resolve("keys.db"))).isEqualTo(before);
        open();
        assertThat(kms.findKey("orders")).isPresent();
    }

    @Test
    void open_providersInAnotherOrder_findsTheOneThatSealedTheStore() {
        Ciphertext ciphertext = kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT);
        kms.close();

        kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.of(new byte[32])).named("second"))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .build();

        assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void changeRootKey_inTwoRuns_leavesNothingUnderTheEarlierOne() {
        Path newRoot = folder.resolve("secrets-2/root.key");
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        Ciphertext old = key.encrypt(TEXT, CONTEXT);
        key.rotate();
        kms.close();

        kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(newRoot))
                        .previously(RootKey.file(folder.resolve("secrets/root.key"))))
                .build();
        assertThat(kms.changeRootKey()).isEqualTo(3);
        assertThat(kms.changeRootKey()).isZero();
        assertThat(kms.decrypt(old, CONTEXT)).isEqualTo(TEXT);
        kms.close();

        kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(newRoot)))
                .build();
        assertThat(kms.decrypt(old, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void close_thenAnyCall_isABugOfTheCaller() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        byte[] message = key.envelope().encrypt(TEXT, CONTEXT);
        kms.close();
        kms.close();

        assertThatIllegalStateException().isThrownBy(() -> key.encrypt(TEXT, CONTEXT));
        assertThatIllegalStateException().isThrownBy(key::disable);
        assertThatIllegalStateException().isThrownBy(() -> kms.createKey(NewKey.named("more")));
        assertThatIllegalStateException().isThrownBy(() -> kms.listKeys(KeyQuery.all()));
        assertThatIllegalStateException().isThrownBy(() -> kms.envelope().decrypt(message, CONTEXT));
    }

    @Test
    void builder_withoutStoreOrProviderOrWithTwins_isABugOfTheCaller() {
        JdbcStore store = JdbcStore.sqlite(folder.resolve("new.db"));

        assertThatIllegalStateException()
                .isThrownBy(() -> EmbeddedKms.builder().build())
                .withMessageContaining("store");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKms.builder().store(store).build())
                .withMessageContaining("provider");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKms.builder()
                        .store(store)
                        .provider(SoftProvider.sealedBy(RootKey.of(new byte[32])))
                        .provider(SoftProvider.sealedBy(RootKey.of(new byte[32])))
                        .build())
                .withMessageContaining("soft");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKms.builder().staleness(Duration.ofMinutes(2)));
    }

    private interface Task<T> {
        T run(int index) throws Exception;
    }

    private static <T> List<T> inParallel(int tasks, Task<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int index = i;
                calls.add(() -> task.run(index));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
