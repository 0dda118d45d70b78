package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KmsException;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.NewKey;
import io.keycask.kms.ProviderException;
import io.keycask.kms.PublicKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.IndependentUnwrapping;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error code, each answered by calls that lead to it; docs/operations.md has the same list. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ErrorCodesTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final WrappingAlgorithm OAEP = WrappingAlgorithm.RSAES_OAEP_SHA_256;

    private final MutableClock clock = new MutableClock(Instant.now());
    private final AtomicInteger aliases = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();
    private Path folder;
    private EmbeddedKms kms;

    /** A call, and what it answers. */
    private record Row(ErrorCode code, Class<? extends KmsException> type, ThrowingCallable call) {}

    @BeforeAll
    void open(@TempDir Path folder) {
        this.folder = folder;
        kms = TestKms.builder(folder)
                .clock(clock)
                .oneRotationPerDay()
                .storeWrapper(this::withoutCount)
                .build();
        addRequests();
        addCryptography();
        addLimits();
        addStates();
        addOwnersAndBindings();
        addImport();
        addFaults();
    }

    /** A store that follows the clock of the test, and cannot count. */
    private Store withoutCount(Store opened) {
        return new DelegatingStore(TestKms.clocked(opened, clock)) {
            @Override
            public long count(KeyQuery query) {
                throw StoreException.retryable("away", null);
            }
        };
    }

    @AfterAll
    void close() {
        kms.close();
    }

    private void add(ErrorCode code, Class<? extends KmsException> type, ThrowingCallable call) {
        rows.add(new Row(code, type, call));
    }

    private String alias() {
        return "key-" + aliases.incrementAndGet();
    }

    private SymmetricCmk key() {
        return kms.createKey(NewKey.named(alias()));
    }

    private SymmetricCmk disabledKey() {
        SymmetricCmk key = key();
        key.disable();
        return key;
    }

    private SymmetricCmk pendingKey() {
        SymmetricCmk key = disabledKey();
        key.scheduleDeletion(7);
        return key;
    }

    private SymmetricCmk archivedKey() {
        SymmetricCmk key = key();
        key.archive();
        return key;
    }

    private SymmetricCmk boundKey() {
        SymmetricCmk key = key();
        key.bindResource("ssm", "s1");
        return key;
    }

    private SymmetricCmk serviceKey() {
        return kms.createKey(NewKey.managedBy("backup", alias()));
    }

    private SymmetricCmk externalKey() {
        return kms.createKey(NewKey.named(alias()).external());
    }

    private SymmetricCmk importedKey() throws GeneralSecurityException {
        SymmetricCmk key = externalKey();
        importMaterial(key, 1);
        return key;
    }

    private static ImportParameters importMaterial(SymmetricCmk key, int seed) throws GeneralSecurityException {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        key.materialImport().importMaterial(wrapped(parameters, seed), parameters.token());
        return parameters;
    }

    private static byte[] wrapped(ImportParameters parameters, int seed) throws GeneralSecurityException {
        byte[] material = new byte[32];
        Arrays.fill(material, (byte) seed);
        material[0] = 42;
        RSAPublicKey publicKey = (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(parameters.publicKey()));
        return IndependentUnwrapping.wrap(publicKey, parameters.algorithm(), material);
    }

    private void addRequests() {
        Class<InvalidRequestException> invalid = InvalidRequestException.class;
        add(
                ErrorCode.UNAUTHORIZED_OPERATION,
                AccessDeniedException.class,
                () -> kms.as(Caller.account("nobody")).listKeys(KeyQuery.all()));
        add(ErrorCode.INVALID_PARAMETER, invalid, () -> kms.generateRandom(0));
        add(ErrorCode.INVALID_PARAMETER, invalid, () -> key().bindResource("No Service", "s1"));
        add(ErrorCode.INVALID_PARAMETER_VALUE, invalid, () -> key().enableRotation(6));
        add(
                ErrorCode.INVALID_PARAMETER_VALUE,
                invalid,
                () -> kms.listKeys(KeyQuery.all().limit(201)));
        add(ErrorCode.INVALID_PARAMETER_VALUE, invalid, () -> kms.access().deleteAccount("nobody"));
        add(ErrorCode.INVALID_PARAMETER_VALUE, invalid, () -> kms.access().createPolicy("none", "{}"));
        add(ErrorCode.INVALID_PENDING_WINDOW, invalid, () -> disabledKey().scheduleDeletion(6));
        add(
                ErrorCode.ALIAS_ALREADY_EXISTS,
                invalid,
                () -> kms.createKey(NewKey.named(key().describe().alias())));
        add(
                ErrorCode.ALIAS_ALREADY_EXISTS,
                invalid,
                () -> key().updateAlias(key().describe().alias()));
        add(ErrorCode.INVALID_ALIAS, invalid, () -> NewKey.named("-"));
        add(ErrorCode.INVALID_ALIAS, invalid, () -> key().updateAlias("KMS-orders"));
        add(ErrorCode.INVALID_KEY_ID, invalid, () -> KeyId.parse("orders"));
        add(
                ErrorCode.TAG_KEYS_DUPLICATED,
                invalid,
                () -> NewKey.named("a").tag("team", "x").tag("team", "y"));
        KeyId twice = key().id();
        add(ErrorCode.DUPLICATED_KEY_ID, invalid, () -> kms.describeKeys(List.of(twice, twice)));
        add(ErrorCode.DUPLICATED_KEY_ID, invalid, () -> kms.enableKeys(List.of(twice, twice)));
        add(ErrorCode.DUPLICATED_KEY_ID, invalid, () -> kms.disableKeys(List.of(twice, twice)));
    }

    private void addCryptography() {
        Class<InvalidRequestException> invalid = InvalidRequestException.class;
        Class<DecryptionException> unreadable = DecryptionException.class;
        add(ErrorCode.INVALID_PLAINTEXT, invalid, () -> key().encrypt(new byte[0], CONTEXT));
        add(ErrorCode.INVALID_PLAINTEXT, invalid, () -> key().encrypt(new byte[4_097], CONTEXT));
        add(ErrorCode.INVALID_CIPHERTEXT, invalid, () -> Ciphertext.parseBase64("?"));
        add(ErrorCode.INVALID_CIPHERTEXT, unreadable, () -> kms.decrypt(Ciphertext.copyOf(new byte[90]), CONTEXT));
        add(
                ErrorCode.DECRYPT_ERROR,
                unreadable,
                () -> kms.createKey(NewKey.decryption(alias(), KeySpec.SM2))
                        .decrypt(DecryptionAlgorithm.SM2, new byte[100]));
        add(
                ErrorCode.ENCRYPTION_ERROR,
                invalid,
                () -> key().generateDataKeyTo(
                                PublicKey.copyOf(new byte[32]),
                                DecryptionAlgorithm.RSAES_OAEP_SHA_256,
                                DataKeySpec.AES_256,
                                CONTEXT));
        add(ErrorCode.INVALID_KEY_USAGE, KeyUsageException.class, () -> kms.signingKey(key().id()));
        add(
                ErrorCode.UNSUPPORTED_KEY_USAGE,
                KeyUsageException.class,
                () -> kms.createKey(NewKey.named(alias()).provider("none")));
    }

    private void addLimits() {
        Map<String, String> tooMany = IntStream.rangeClosed(0, NewKey.MAX_TAGS)
                .mapToObj(Integer::toString)
                .collect(Collectors.toMap(tag -> tag, tag -> tag));
        add(ErrorCode.LIMIT_EXCEEDED, LimitExceededException.class, () -> key().updateTags(tooMany));
        add(ErrorCode.ROTATE_RATE_LIMITED, LimitExceededException.class, () -> {
            SymmetricCmk key = key();
            key.rotate();
            key.rotate();
        });
    }

    private void addStates() {
        Class<KeyStateException> state = KeyStateException.class;
        KeyId unknown = new KeyId(new UUID(0, 1));
        add(ErrorCode.CMK_NOT_FOUND, KeyNotFoundException.class, () -> kms.key("nobody"));
        add(ErrorCode.CMK_NOT_FOUND, KeyNotFoundException.class, () -> kms.disableKeys(List.of(unknown)));
        add(ErrorCode.CMK_DISABLED, state, () -> disabledKey().encrypt(new byte[1], CONTEXT));
        add(ErrorCode.CMK_DISABLED, state, () -> pendingKey().encrypt(new byte[1], CONTEXT));
        add(ErrorCode.CMK_DISABLED, state, () -> externalKey().encrypt(new byte[1], CONTEXT));
        add(ErrorCode.CMK_ARCHIVED, state, () -> archivedKey().encrypt(new byte[1], CONTEXT));
        add(ErrorCode.CMK_STATE_NOT_SUPPORT, state, () -> disabledKey().archive());
        add(ErrorCode.CMK_STATE_NOT_SUPPORT, state, () -> pendingKey().updateDescription("x"));
        add(ErrorCode.CMK_SHOULD_BE_DISABLED, state, () -> key().scheduleDeletion(7));
        add(ErrorCode.CMK_NOT_PENDING_DELETE, state, () -> disabledKey().cancelDeletion());
        add(ErrorCode.KEY_PENDING_DELETE, state, () -> pendingKey().generateDataKey(DataKeySpec.AES_256, CONTEXT));
    }

    private void addOwnersAndBindings() {
        add(
                ErrorCode.NOT_ROLE_OPERATION,
                KeyUsageException.class,
                () -> serviceKey().disable());
        add(
                ErrorCode.NOT_USER_CREATED_CMK,
                KeyUsageException.class,
                () -> serviceKey().archive());
        add(
                ErrorCode.CMK_USED_BY_CLOUD_PRODUCT,
                KeyStateException.class,
                () -> boundKey().disable());
        add(
                ErrorCode.CMK_USED_BY_CLOUD_PRODUCT,
                KeyStateException.class,
                () -> boundKey().archive());
        add(
                ErrorCode.CLOUD_RESOURCE_BINDING_NOT_FOUND,
                InvalidRequestException.class,
                () -> boundKey().unbindResource("ssm", "s2"));
    }

    private void addImport() {
        Class<InvalidRequestException> invalid = InvalidRequestException.class;
        Class<KeyUsageException> usage = KeyUsageException.class;
        add(ErrorCode.NOT_EXTERNAL_CMK, usage, () -> key().materialImport().parameters(OAEP));
        add(ErrorCode.EXTERNAL_CMK_CAN_NOT_ROTATE, usage, () -> importedKey().enableRotation(30));
        add(ErrorCode.ROTATE_NOT_SUPPORTED, usage, () -> importedKey().rotate());
        add(ErrorCode.MATERIAL_NOT_MATCH, invalid, () -> importMaterial(importedKey(), 2));
        add(ErrorCode.DECRYPT_MATERIAL_ERROR, invalid, () -> {
            SymmetricCmk key = externalKey();
            key.materialImport()
                    .importMaterial(
                            new byte[256], key.materialImport().parameters(OAEP).token());
        });
        add(ErrorCode.TOKEN_EXPIRED, invalid, () -> {
            SymmetricCmk key = externalKey();
            ImportParameters used = importMaterial(key, 1);
            key.materialImport().importMaterial(wrapped(used, 1), used.token());
        });
        add(ErrorCode.TOKEN_EXPIRED, invalid, () -> {
            SymmetricCmk key = externalKey();
            ImportParameters old = key.materialImport().parameters(OAEP);
            clock.advance(Duration.ofHours(24));
            key.materialImport().importMaterial(wrapped(old, 1), old.token());
        });
    }

    private void addFaults() {
        add(ErrorCode.INTERNAL_ERROR, StoreException.class, () -> kms.countKeys(KeyQuery.all()));
        add(ErrorCode.INTERNAL_ERROR, ProviderException.class, () -> {
            try (EmbeddedKms other = TestKms.withNewRootKeyOnly(folder)) {
                assertThat(other).isNull();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void code_isAnsweredByItsCalls(ErrorCode code) {
        List<Row> ofCode = rows.stream().filter(row -> row.code() == code).toList();

        assertThat(ofCode).isNotEmpty().allSatisfy(row -> {
            Throwable thrown = catchThrowable(row.call());
            assertThat(thrown).isExactlyInstanceOf(row.type());
            assertThat(((KmsException) thrown).code()).isEqualTo(code);
        });
    }
}
