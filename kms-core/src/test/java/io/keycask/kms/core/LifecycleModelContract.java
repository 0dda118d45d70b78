package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.Cmk;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOutcome;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.Page;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.spi.IndependentUnwrapping;
import io.keycask.kms.spi.MemoryProvider;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of operations, imports, bindings, rotation and time travel included, against {@link ModelKms}: every answer, every error
 * code, every ciphertext, and in the end all that is known about every key.
 */
abstract class LifecycleModelContract {
    private static final int STEPS = 25;
    private static final int ALIASES = 4;

    @TempDir
    Path folder;

    private final int sequencesPerStore;

    LifecycleModelContract(int sequencesPerStore) {
        this.sequencesPerStore = sequencesPerStore;
    }

    /** Opens an engine on a fresh store, with a provider "device", whose clock, and the database's, is this one. */
    abstract EmbeddedKms open(MutableClock clock, MemoryProvider device);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyOperation_inAnyOrder_doesWhatTheModelDoes(int seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        MutableClock clock = new MutableClock();
        MemoryProvider.Device device = new MemoryProvider.Device();
        try (EmbeddedKms kms = open(clock, new MemoryProvider("device", device))) {
            for (int i = 0; i < sequencesPerStore; i++) {
                Sequence sequence = new Sequence(kms, clock, random, "s" + i);
                for (int step = 0; step < STEPS; step++) {
                    sequence.step();
                }
                sequence.compareAll();
            }
        }
    }

    /** One sequence, on keys of its own in a store that others have used before. */
    private static final class Sequence {
        private static final EncryptionContext CONTEXT = EncryptionContext.of("case", "model");
        private static final EncryptionContext OTHER_CONTEXT = EncryptionContext.of("case", "other");

        private final EmbeddedKms kms;
        private final MutableClock clock;
        private final RandomGenerator random;
        private final String prefix;
        private final ModelKms model = new ModelKms();
        private final Map<ModelKms.Key, SymmetricCmk> handles = new HashMap<>();
        private final List<Secret> secrets = new ArrayList<>();

        private record Secret(
                ModelKms.Key key, int version, Ciphertext ciphertext, String plaintext, EncryptionContext context) {}

        Sequence(EmbeddedKms kms, MutableClock clock, RandomGenerator random, String prefix) {
            this.kms = kms;
            this.clock = clock;
            this.random = random;
            this.prefix = prefix;
        }

        void step() throws Exception {
            if (model.keys.isEmpty() || random.nextInt(12) == 0) {
                create();
                return;
            }
            ModelKms.Key key = model.keys.get(random.nextInt(model.keys.size()));
            SymmetricCmk cmk = handles.get(key);
            switch (random.nextInt(25)) {
                case 0 -> expect(model.enable(key), run(cmk::enable));
                case 1, 2 -> expect(model.disable(key), run(cmk::disable));
                case 3 -> expect(model.archive(key), run(cmk::archive));
                case 4 -> expect(model.cancelArchive(key), run(cmk::cancelArchive));
                case 5, 6 -> scheduleDeletion(key, cmk);
                case 7 -> expect(model.cancelDeletion(key), run(cmk::cancelDeletion));
                case 8 -> {
                    String alias = randomAlias();
                    expect(model.updateAlias(key, alias), run(() -> cmk.updateAlias(alias)));
                }
                case 9 -> describeAndTag(key, cmk);
                case 10 -> expect(model.rotate(key, clock.instant()), run(cmk::rotate));
                case 11 -> {
                    int days = random.nextInt(5, 370);
                    expect(model.enableRotation(key, days, clock.instant()), run(() -> cmk.enableRotation(days)));
                }
                case 12 -> expect(model.disableRotation(key), run(cmk::disableRotation));
                case 13, 14 -> encrypt(key, cmk);
                case 15 -> generateDataKey(key, cmk);
                case 16 -> decrypt();
                case 17 -> reEncrypt(key, cmk);
                case 18 -> batch();
                case 19, 20 -> importMaterial(key, cmk);
                case 21 ->
                    expect(
                            model.deleteMaterial(key),
                            run(() -> cmk.materialImport().deleteMaterial()));
                case 22, 23 -> bindOrUnbind(key, cmk);
                default -> travel();
            }
            compare(key);
        }

        private void create() throws Exception {
            String alias = randomAlias();
            if (random.nextInt(3) == 0) {
                boolean external = random.nextBoolean();
                NewKey<SymmetricCmk> request = external
                        ? NewKey.named(alias).external().provider("device")
                        : NewKey.managedBy("backup", alias);
                ErrorCode refusal = external ? model.createExternal(alias) : model.createForService(alias, "backup");
                SymmetricCmk cmk = expect(refusal, () -> kms.createKey(request));
                if (cmk != null) {
                    handles.put(model.byAlias(alias).orElseThrow(), cmk);
                }
            } else if (random.nextBoolean()) {
                Optional<ModelKms.Key> existing = model.byAlias(alias);
                boolean fits = existing.map(key -> !key.external && key.owner.equals("user"))
                        .orElse(true);
                SymmetricCmk cmk = expect(
                        fits ? null : ErrorCode.INVALID_KEY_USAGE, () -> kms.createKeyIfAbsent(NewKey.named(alias)));
                if (existing.isPresent()) {
                    assertThat(cmk).isEqualTo(fits ? handles.get(existing.get()) : null);
                } else {
                    model.create(alias);
                    handles.put(model.byAlias(alias).orElseThrow(), requireNonNull(cmk));
                }
            } else {
                SymmetricCmk cmk = expect(model.create(alias), () -> kms.createKey(NewKey.named(alias)));
                if (cmk != null) {
                    handles.put(model.byAlias(alias).orElseThrow(), cmk);
                }
            }
        }

        private void scheduleDeletion(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            int days = random.nextInt(6, 32);
            expect(
                    model.scheduleDeletion(key, days, clock.instant()),
                    run(() -> assertThat(cmk.scheduleDeletion(days)).isEqualTo(key.deletionDate)));
        }

        private void describeAndTag(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            String description = "n" + random.nextInt(100);
            Map<String, String> tags = new TreeMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                tags.put("t" + i, "v" + random.nextInt(3));
            }
            expect(model.updateDescription(key, description), run(() -> cmk.updateDescription(description)));
            expect(model.updateTags(key, tags), run(() -> cmk.updateTags(tags)));
        }

        private void importMaterial(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            ImportParameters parameters = expect(
                    model.parameters(key), () -> cmk.materialImport().parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256));
            if (parameters == null) {
                return;
            }
            int material = random.nextInt(5) == 0 ? 2 : 1;
            byte[] bytes = new byte[32];
            bytes[31] = (byte) material;
            byte[] wrapped = IndependentUnwrapping.wrap(
                    (RSAPublicKey) KeyFactory.getInstance("RSA")
                            .generatePublic(new X509EncodedKeySpec(parameters.publicKey())),
                    parameters.algorithm(),
                    bytes);
            if (random.nextBoolean()) {
                Instant validTo = clock.instant().plus(Duration.ofHours(random.nextInt(-2, 24 * 20)));
                expect(
                        model.importMaterial(key, material, validTo, clock.instant()),
                        run(() -> cmk.materialImport().importMaterial(wrapped, parameters.token(), validTo)));
            } else {
                expect(
                        model.importMaterial(key, material, null, clock.instant()),
                        run(() -> cmk.materialImport().importMaterial(wrapped, parameters.token())));
            }
        }

        private void bindOrUnbind(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            String resource = "r" + random.nextInt(2);
            if (random.nextInt(3) == 0) {
                expect(model.bind(key, resource), run(() -> cmk.bindResource("ssm", resource)));
            } else {
                expect(model.unbind(key, resource), run(() -> cmk.unbindResource("ssm", resource)));
            }
        }

        private void encrypt(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            byte[] plaintext = new byte[1 + random.nextInt(64)];
            random.nextBytes(plaintext);
            Ciphertext ciphertext = expect(model.encrypt(key), () -> cmk.encrypt(plaintext, CONTEXT));
            if (ciphertext != null) {
                secrets.add(new Secret(key, key.versions, ciphertext, hex(plaintext), CONTEXT));
            }
        }

        private void generateDataKey(ModelKms.Key key, SymmetricCmk cmk) throws Exception {
            DataKey dataKey =
                    expect(model.generateDataKey(key), () -> cmk.generateDataKey(DataKeySpec.AES_256, CONTEXT));
            if (dataKey != null) {
                byte[] plaintext = dataKey.<byte[], RuntimeException>use(byte[]::clone);
                secrets.add(new Secret(key, key.versions, dataKey.wrapped(), hex(plaintext), CONTEXT));
                dataKey.close();
            }
        }

        private void decrypt() throws Exception {
            if (secrets.isEmpty()) {
                return;
            }
            Secret secret = secrets.get(random.nextInt(secrets.size()));
            ErrorCode refusal = model.decrypt(secret.key);
            byte[] plaintext = expect(refusal, () -> kms.decrypt(secret.ciphertext, secret.context));
            if (plaintext != null) {
                assertThat(hex(plaintext)).isEqualTo(secret.plaintext);
                expect(ErrorCode.INVALID_CIPHERTEXT, () -> kms.decrypt(secret.ciphertext, OTHER_CONTEXT));
            }
        }

        private void reEncrypt(ModelKms.Key target, SymmetricCmk cmk) throws Exception {
            if (secrets.isEmpty()) {
                return;
            }
            Secret secret = secrets.get(random.nextInt(secrets.size()));
            ErrorCode refusal = model.decrypt(secret.key);
            if (refusal == null) {
                refusal = model.encrypt(target);
            }
            ReEncrypted answer = expect(refusal, () -> cmk.reEncrypt(secret.ciphertext, secret.context, CONTEXT));
            if (answer != null) {
                boolean nothingToDo = secret.key == target && secret.version == target.versions;
                assertThat(answer.changed()).isEqualTo(!nothingToDo);
                assertThat(answer.ciphertext().equals(secret.ciphertext)).isEqualTo(nothingToDo);
                secrets.add(new Secret(target, target.versions, answer.ciphertext(), secret.plaintext, CONTEXT));
            }
        }

        private void batch() {
            List<ModelKms.Key> alive =
                    model.keys.stream().filter(key -> !key.gone).toList();
            boolean enable = random.nextBoolean();
            List<KeyId> ids = alive.stream().map(key -> handles.get(key).id()).toList();
            List<KeyOutcome> outcomes = enable ? kms.enableKeys(ids) : kms.disableKeys(ids);
            assertThat(outcomes).hasSize(alive.size());
            for (int i = 0; i < alive.size(); i++) {
                ErrorCode refusal = enable ? model.enable(alive.get(i)) : model.disable(alive.get(i));
                KeyOutcome outcome = outcomes.get(i);
                assertThat(outcome.id()).isEqualTo(ids.get(i));
                assertThat(outcome.isChanged()).isEqualTo(refusal == null);
                if (outcome instanceof KeyOutcome.Failed failed) {
                    assertThat(failed.cause().code()).isEqualTo(refusal);
                }
            }
        }

        private void travel() {
            clock.advance(Duration.ofHours(random.nextInt(1, 24 * 20)));
            assertThat(kms.runMaintenance().failed()).isZero();
            model.maintain(clock.instant());
        }

        void compareAll() throws Exception {
            model.keys.forEach(this::compare);
            Set<String> expected = new HashSet<>();
            model.keys.stream().filter(key -> !key.gone).forEach(key -> expected.add(key.alias));
            Set<String> listed = new HashSet<>();
            KeyQuery query = KeyQuery.all().containing(prefix + "x").limit(1 + random.nextInt(3));
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                Page<KeyMetadata> page = kms.listKeys(query.after(next.get()));
                page.items().forEach(key -> assertThat(listed.add(key.alias())).isTrue());
                next = page.next();
            }
            assertThat(listed).isEqualTo(expected);
            for (KeyState state : KeyState.values()) {
                long count =
                        kms.countKeys(KeyQuery.all().containing(prefix + "x").states(state));
                assertThat(count)
                        .isEqualTo(model.keys.stream()
                                .filter(key -> !key.gone && key.state == state)
                                .count());
            }
            for (Secret secret : secrets) {
                byte[] plaintext =
                        expect(model.decrypt(secret.key), () -> kms.decrypt(secret.ciphertext, secret.context));
                assertThat(plaintext == null || hex(plaintext).equals(secret.plaintext))
                        .isTrue();
            }
        }

        private void compare(ModelKms.Key key) {
            Cmk cmk = handles.get(key);
            if (key.gone) {
                try {
                    cmk.describe();
                    fail("the key should be gone: " + cmk.id());
                } catch (KmsException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.CMK_NOT_FOUND);
                }
                return;
            }
            KeyMetadata actual = cmk.describe();
            assertThat(actual.alias()).isEqualTo(key.alias);
            assertThat(actual.description()).isEqualTo(key.description);
            assertThat(actual.state()).isEqualTo(key.state);
            assertThat(actual.tags()).isEqualTo(key.tags);
            assertThat(actual.owner()).isEqualTo(key.owner);
            assertThat(actual.validTo()).isEqualTo(Optional.ofNullable(key.validTo));
            assertThat(actual.bindings().stream().map(ResourceBinding::resource))
                    .containsExactlyInAnyOrderElementsOf(key.bindings);
            assertThat(actual.deletionDate()).isEqualTo(Optional.ofNullable(key.deletionDate));
            assertThat(actual.rotation().periodDays()).isEqualTo(key.rotationDays);
            assertThat(actual.rotation().last()).isEqualTo(Optional.ofNullable(key.lastRotation));
            assertThat(actual.rotation().next()).isEqualTo(Optional.ofNullable(key.nextRotation));
            assertThat(handles.get(key).versions()).hasSize(key.versions);
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        private String randomAlias() {
            return prefix + "x" + random.nextInt(ALIASES);
        }

        private static Callable<Boolean> run(Runnable action) {
            return () -> {
                action.run();
                return true;
            };
        }

        private static <T> @Nullable T expect(@Nullable ErrorCode error, Callable<T> action) throws Exception {
            try {
                T result = action.call();
                assertThat(error).as("should have been refused").isNull();
                return result;
            } catch (KmsException e) {
                assertThat(e.code()).as(e.getMessage()).isEqualTo(error);
                return null;
            }
        }
    }
}
