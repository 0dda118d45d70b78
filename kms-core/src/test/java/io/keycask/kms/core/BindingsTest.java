package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOutcome;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.OwnerRole;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.SymmetricCmk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bound key and a key of a service refuse, rotation once a day, and lists of ids. */
final class BindingsTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] TEXT = "held".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private EmbeddedKms kms;

    @BeforeEach
    void open() {
        kms = TestKms.open(folder, clock);
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void boundKey_refusesWhatWouldTakeItAway() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        key.bindResource("ssm", "secret-1");
        key.bindResource("ssm", "secret-1");
        key.bindResource("cos", "bucket");

        assertThat(key.describe().bindings())
                .containsExactlyInAnyOrder(
                        new ResourceBinding("ssm", "secret-1"), new ResourceBinding("cos", "bucket"));
        assertRefused(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT, key::disable);
        assertRefused(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT, key::archive);
        assertRefused(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT, () -> key.scheduleDeletion(7));
        KeyOutcome outcome = kms.disableKeys(List.of(key.id())).get(0);
        assertThat(((KeyOutcome.Failed) outcome).cause().code()).isEqualTo(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT);
        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
        key.rotate();
        key.updateAlias("orders-2");

        key.unbindResource("cos", "bucket");
        assertRefused(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT, key::disable);
        assertRefused(ErrorCode.CLOUD_RESOURCE_BINDING_NOT_FOUND, () -> key.unbindResource("cos", "bucket"));
        key.unbindResource("ssm", "secret-1");
        key.disable();
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, () -> key.bindResource("ssm", "secret-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSM", "user", "1x", "a_b", "a23456789012345678901234567890123"})
    void bind_serviceThatIsNone_isRefused(String service) {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));

        assertRefused(ErrorCode.INVALID_PARAMETER, () -> key.bindResource(service, "r"));
        assertRefused(ErrorCode.INVALID_PARAMETER, () -> NewKey.managedBy(service, "kms-x"));
    }

    @Test
    void bind_resourceThatIsNoneOrTooMany_isRefused() {
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));

        for (String resource : List.of("", "r".repeat(256), "\ud800")) {
            assertRefused(ErrorCode.INVALID_PARAMETER, () -> key.bindResource("ssm", resource));
        }
        for (int i = 0; i < ResourceBinding.MAX_BINDINGS; i++) {
            key.bindResource("ssm", "\ud83d\udd11" + i);
        }
        assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> key.bindResource("ssm", "one more"));
        assertThat(key.describe().bindings()).hasSize(ResourceBinding.MAX_BINDINGS);
    }

    @Test
    void bindWhileDisable_inTwoProcesses_oneWinsAndNoBoundKeyIsDisabled() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (EmbeddedKms other = TestKms.open(folder, clock)) {
            for (int i = 0; i < 25; i++) {
                SymmetricCmk here = kms.createKey(NewKey.named("k" + i));
                SymmetricCmk there = other.symmetricKey(here.id());
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Optional<ErrorCode>>> outcomes = new ArrayList<>();
                for (Runnable action : List.<Runnable>of(() -> here.bindResource("ssm", "s"), there::disable)) {
                    outcomes.add(threads.submit(() -> {
                        start.await();
                        try {
                            action.run();
                            return Optional.<ErrorCode>empty();
                        } catch (KmsException e) {
                            return Optional.of(e.code());
                        }
                    }));
                }

                Optional<ErrorCode> bind = outcomes.get(0).get();
                Optional<ErrorCode> disable = outcomes.get(1).get();

                boolean bound = !here.describe().bindings().isEmpty();
                assertThat(bind).isEqualTo(bound ? Optional.empty() : Optional.of(ErrorCode.CMK_STATE_NOT_SUPPORT));
                assertThat(disable)
                        .isEqualTo(bound ? Optional.of(ErrorCode.CMK_USED_BY_CLOUD_PRODUCT) : Optional.empty());
                assertThat(there.describe().state()).isEqualTo(bound ? KeyState.ENABLED : KeyState.DISABLED);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keyOfAService_isUsedAndRotatedAndNothingElse() {
        SymmetricCmk key = kms.createKey(NewKey.managedBy("backup", "kms-backup"));

        assertThat(key.describe().owner()).isEqualTo("backup");
        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
        key.rotate();
        key.enableRotation(30);
        key.disableRotation();
        key.enable();
        assertRefused(ErrorCode.NOT_ROLE_OPERATION, key::disable);
        assertRefused(ErrorCode.NOT_USER_CREATED_CMK, key::archive);
        assertRefused(ErrorCode.NOT_USER_CREATED_CMK, key::cancelArchive);
        assertRefused(ErrorCode.NOT_ROLE_OPERATION, () -> key.updateAlias("other"));
        assertRefused(ErrorCode.NOT_ROLE_OPERATION, () -> key.scheduleDeletion(7));
        KeyOutcome outcome = kms.disableKeys(List.of(key.id())).get(0);
        assertThat(((KeyOutcome.Failed) outcome).cause().code()).isEqualTo(ErrorCode.NOT_ROLE_OPERATION);
        assertThat(kms.createKeyIfAbsent(NewKey.managedBy("backup", "kms-backup")))
                .isEqualTo(key);
        assertRefused(
                ErrorCode.INVALID_KEY_USAGE, () -> kms.createKeyIfAbsent(NewKey.managedBy("other", "kms-backup")));
        assertRefused(
                ErrorCode.INVALID_PARAMETER,
                () -> NewKey.managedBy("backup", "x").external());
        assertRefused(ErrorCode.INVALID_ALIAS, () -> NewKey.named("kms-backup"));
    }

    @Test
    void lists_tellUsersAndServicesApartAndShowIdsOfThreeStates() {
        SymmetricCmk own = kms.createKey(NewKey.named("own"));
        SymmetricCmk service = kms.createKey(NewKey.managedBy("backup", "kms-backup"));
        SymmetricCmk waiting = kms.createKey(NewKey.named("waiting").external());
        SymmetricCmk archived = kms.createKey(NewKey.named("archived"));
        archived.archive();
        KeyQuery all = KeyQuery.all().oldestFirst();

        assertThat(kms.listKeys(all.ownedBy(OwnerRole.SERVICE)).items())
                .extracting(key -> key.id())
                .containsExactly(service.id());
        assertThat(kms.countKeys(all.ownedBy(OwnerRole.USER))).isEqualTo(3);
        assertThat(kms.listKeyIds(all).items()).containsExactlyInAnyOrder(own.id(), service.id(), waiting.id());
        assertThat(kms.listKeyIds(all.states(KeyState.ARCHIVED)).items()).isEmpty();
        assertThat(kms.listKeyIds(all.states(KeyState.ARCHIVED, KeyState.PENDING_IMPORT))
                        .items())
                .containsExactly(waiting.id());
    }

    @Test
    void describeKeys_answersInTheOrderGivenAndRefusesDuplicatesUnknownAndTooMany() {
        KeyId a = kms.createKey(NewKey.named("a")).id();
        KeyId b = kms.createKey(NewKey.named("b")).id();

        assertThat(kms.describeKeys(List.of(b, a)))
                .extracting(key -> key.alias())
                .containsExactly("b", "a");
        assertThat(kms.describeKeys(List.of())).isEmpty();
        assertRefused(ErrorCode.DUPLICATED_KEY_ID, () -> kms.describeKeys(List.of(a, b, a)));
        KeyId unknown = KeyId.parse("00000000-0000-7000-8000-000000000000");
        assertRefused(ErrorCode.CMK_NOT_FOUND, () -> kms.describeKeys(List.of(a, unknown)));
        List<KeyId> tooMany = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            tooMany.add(KeyId.parse(String.format("00000000-0000-7000-8000-%012d", i)));
        }
        assertRefused(ErrorCode.INVALID_PARAMETER, () -> kms.describeKeys(tooMany));
    }

    @Test
    void rotate_withTheDailyLimit_isRefusedForADay() {
        kms.close();
        kms = TestKms.builder(folder)
                .oneRotationPerDay()
                .clock(clock)
                .storeWrapper(store -> TestKms.clocked(store, clock))
                .build();
        SymmetricCmk key = kms.createKey(NewKey.named("orders"));
        key.rotate();
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertRefused(ErrorCode.ROTATE_RATE_LIMITED, key::rotate);
        assertThat(key.versions()).hasSize(2);
        clock.advance(Duration.ofMillis(1));
        key.rotate();
        assertThat(key.versions()).hasSize(3);
    }
}
