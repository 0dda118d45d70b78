package io.keycask.kms.core;

import static io.keycask.kms.KeyState.ARCHIVED;
import static io.keycask.kms.KeyState.DISABLED;
import static io.keycask.kms.KeyState.ENABLED;
import static io.keycask.kms.KeyState.PENDING_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.NewKey;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.asymmetric.AsymmetricOperations;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditMode;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.blob.UsageLimits;
import io.keycask.kms.core.internal.datakey.CachedDataKeys;
import io.keycask.kms.core.internal.datakey.DataKeyLimits;
import io.keycask.kms.core.internal.journal.Sinks;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that uses a key, against a key of every usage and in every state, below the handles, which would not let
 * most of these calls compile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UsageTableTest {
    private static final String OK = "";
    private static final String USAGE = "InvalidParameterValue.InvalidKeyUsage";
    private static final String ROTATE = "UnsupportedOperation.RotateNotSupported";
    private static final String CIPHERTEXT = "InvalidParameterValue.InvalidCiphertext";
    private static final String DECRYPT = "FailedOperation.DecryptError";
    private static final String STATE = "ResourceUnavailable.CmkStateNotSupport";
    private static final EncryptionContext CONTEXT = EncryptionContext.empty();

    private Store store;
    private AuditTrail audit;
    private Providers providers;
    private Engine engine;
    private CmkOperations symmetric;
    private AsymmetricOperations asymmetric;
    private final Map<String, KeyRecord> keys = new LinkedHashMap<>();
    private final Map<String, Consumer<KeyId>> operations = new LinkedHashMap<>();
    private PublicKey recipient;
    private Ciphertext foreign;

    @BeforeAll
    void open(@TempDir Path folder) {
        providers = Providers.of(List.of(SoftProvider.sealedBy(RootKey.of(new byte[32]))));
        store = JdbcStore.sqlite(folder.resolve("keys.db")).open(new ProviderAnchor(providers.first(), providers));
        audit = new AuditTrail(store::audit, AuditMode.grouped());
        Clock clock = Clock.systemUTC();
        AuditEvents events = new AuditEvents(clock, "local");
        Alarms alarms = new Alarms(store, events, List.of());
        engine = new Engine(
                store,
                audit,
                events,
                alarms,
                Sinks.start(List.of(), store, alarms, Duration.ofHours(1)),
                providers,
                new CachedDataKeys(DataKeyLimits.NONE, System::nanoTime),
                new Engine.Settings(
                        KeySpec.AES_256, clock, Duration.ofSeconds(1), "local", false, false, UsageLimits.AES_GCM));
        symmetric = engine.operations(Caller.root());
        asymmetric = engine.asymmetricOperations(Caller.root());
        create("symmetric", NewKey.named("symmetric"));
        create("RSA signing", NewKey.signing("rsa-sign", KeySpec.RSA_2048));
        create("P-256 signing", NewKey.signing("p256", KeySpec.EC_P256));
        create("SM2 signing", NewKey.signing("sm2-sign", KeySpec.SM2));
        create("RSA decryption", NewKey.decryption("rsa-decrypt", KeySpec.RSA_2048));
        create("SM2 decryption", NewKey.decryption("sm2-decrypt", KeySpec.SM2));
        recipient = asymmetric.publicKey(key("RSA decryption").id());
        KeyId other =
                engine.creation.create(NewKey.named("other"), Caller.root()).id();
        foreign = symmetric.encrypt(other, new byte[] {1}, CONTEXT);
        defineOperations();
    }

    private void create(String name, NewKey<?> request) {
        keys.put(name, engine.creation.create(request, Caller.root()));
    }

    private KeyRecord key(String name) {
        return Optional.ofNullable(keys.get(name)).orElseThrow();
    }

    @AfterAll
    void close() {
        audit.close();
        store.close();
        providers.all().forEach(provider -> provider.close());
    }

    private void defineOperations() {
        MessageToSign message = MessageToSign.raw(new byte[] {1});
        operations.put("Encrypt", id -> symmetric.encrypt(id, new byte[] {1}, CONTEXT));
        operations.put("Decrypt", id -> symmetric.decrypt(forged(id), CONTEXT, Optional.empty()));
        operations.put("ReEncrypt", id -> symmetric.reEncrypt(foreign, CONTEXT, Optional.of(id), CONTEXT));
        operations.put(
                "GenerateDataKey",
                id -> symmetric
                        .generateDataKey(id, DataKeySpec.AES_256, CONTEXT)
                        .close());
        operations.put(
                "GenerateDataKey sealed",
                id -> symmetric.generateDataKeyTo(
                        recipient, DecryptionAlgorithm.RSAES_OAEP_SHA_256, id, DataKeySpec.AES_256, CONTEXT));
        operations.put("RotateKey", id -> engine.rotation.rotate(id, Caller.root()));
        operations.put("EnableKeyRotation", id -> engine.rotation.enable(id, 30, Caller.root()));
        operations.put("DisableKeyRotation", id -> engine.rotation.disable(id, Caller.root()));
        operations.put("GetKeyRotationStatus", id -> engine.directory.rotationStatus(id, Caller.root()));
        operations.put("DescribeKey", id -> engine.directory.describe(id, Caller.root()));
        operations.put("GetPublicKey", asymmetric::publicKey);
        operations.put(
                "AsymmetricRsaDecrypt OAEP",
                id -> asymmetric
                        .decrypt(id, DecryptionAlgorithm.RSAES_OAEP_SHA_1, new byte[256])
                        .close());
        operations.put(
                "AsymmetricRsaDecrypt PKCS1",
                id -> asymmetric
                        .decrypt(id, DecryptionAlgorithm.RSAES_PKCS1_V1_5, new byte[256])
                        .close());
        operations.put(
                "AsymmetricSm2Decrypt",
                id -> asymmetric
                        .decrypt(id, DecryptionAlgorithm.SM2, new byte[100])
                        .close());
        for (SignatureAlgorithm algorithm : new SignatureAlgorithm[] {
            SignatureAlgorithm.RSA_PSS_SHA_256, SignatureAlgorithm.ECC_P256_R1, SignatureAlgorithm.SM2DSA
        }) {
            operations.put("Sign " + algorithm, id -> asymmetric.sign(id, algorithm, message));
            operations.put("Verify " + algorithm, id -> asymmetric.verify(id, algorithm, message, new byte[9]));
        }
    }

    /** Returns a ciphertext that names the current version of the key. */
    private Ciphertext forged(KeyId id) {
        KeyRecord key = store.key(id).orElseThrow();
        return Ciphertext.copyOf(ByteBuffer.allocate(26 + 24 + 40)
                .put((byte) 1)
                .put((byte) 1)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .putLong(key.currentVersion().orElseThrow().value())
                .array());
    }

    private String outcome(String operation, KeyId id) {
        try {
            Optional.ofNullable(operations.get(operation)).orElseThrow().accept(id);
            return OK;
        } catch (KmsException e) {
            return e.code().value();
        }
    }

    private void expect(String operation, String... codesByKey) {
        int i = 0;
        for (Map.Entry<String, KeyRecord> key : keys.entrySet()) {
            assertThat(outcome(operation, key.getValue().id()))
                    .as(operation + " with " + key.getKey())
                    .isEqualTo(codesByKey[i++]);
        }
    }

    @Test
    void everyOperation_againstEveryUsage() {
        // the keys in the order in which they were created
        expect("Encrypt", OK, USAGE, USAGE, USAGE, USAGE, USAGE);
        expect("Decrypt", CIPHERTEXT, CIPHERTEXT, CIPHERTEXT, CIPHERTEXT, CIPHERTEXT, CIPHERTEXT);
        expect("ReEncrypt", OK, USAGE, USAGE, USAGE, USAGE, USAGE);
        expect("GenerateDataKey", OK, USAGE, USAGE, USAGE, USAGE, USAGE);
        expect("GenerateDataKey sealed", OK, USAGE, USAGE, USAGE, USAGE, USAGE);
        expect("RotateKey", OK, ROTATE, ROTATE, ROTATE, ROTATE, ROTATE);
        expect("EnableKeyRotation", OK, ROTATE, ROTATE, ROTATE, ROTATE, ROTATE);
        expect("DisableKeyRotation", OK, OK, OK, OK, OK, OK);
        expect("GetKeyRotationStatus", OK, OK, OK, OK, OK, OK);
        expect("DescribeKey", OK, OK, OK, OK, OK, OK);
        expect("GetPublicKey", USAGE, OK, OK, OK, OK, OK);
        expect("AsymmetricRsaDecrypt OAEP", USAGE, USAGE, USAGE, USAGE, DECRYPT, USAGE);
        expect("AsymmetricRsaDecrypt PKCS1", USAGE, USAGE, USAGE, USAGE, USAGE, USAGE);
        expect("AsymmetricSm2Decrypt", USAGE, USAGE, USAGE, USAGE, USAGE, DECRYPT);
        for (String verb : new String[] {"Sign ", "Verify "}) {
            expect(verb + "RSA_PSS_SHA_256", USAGE, OK, USAGE, USAGE, USAGE, USAGE);
            expect(verb + "ECC_P256_R1", USAGE, USAGE, OK, USAGE, USAGE, USAGE);
            expect(verb + "SM2DSA", USAGE, USAGE, USAGE, OK, USAGE, USAGE);
        }
    }

    @Test
    void everyOperationOfAKeyPair_againstEveryState() {
        KeyId signing = engine.creation
                .create(NewKey.signing("states-sign", KeySpec.EC_P256), Caller.root())
                .id();
        KeyId decrypting = engine.creation
                .create(NewKey.decryption("states-decrypt", KeySpec.SM2), Caller.root())
                .id();

        for (KeyState state :
                new KeyState[] {ENABLED, DISABLED, PENDING_DELETE, DISABLED, ENABLED, ARCHIVED, ENABLED}) {
            moveTo(state, signing);
            moveTo(state, decrypting);
            String expected = state == ENABLED ? OK : STATE;
            for (String operation : new String[] {"GetPublicKey", "Sign ECC_P256_R1", "Verify ECC_P256_R1"}) {
                assertThat(outcome(operation, signing))
                        .as(operation + " in " + state)
                        .isEqualTo(expected);
            }
            assertThat(outcome("GetPublicKey", decrypting)).isEqualTo(expected);
            assertThat(outcome("AsymmetricSm2Decrypt", decrypting)).isEqualTo(state == ENABLED ? DECRYPT : STATE);
            assertThat(outcome("AsymmetricRsaDecrypt OAEP", decrypting)).isEqualTo(state == ENABLED ? USAGE : STATE);
            assertThat(outcome("Encrypt", signing)).isEqualTo(USAGE);
            assertThat(outcome("RotateKey", signing)).isEqualTo(ROTATE);
        }
    }

    private void moveTo(KeyState state, KeyId id) {
        KeyState now = store.key(id).orElseThrow().state();
        if (state == ENABLED && now == DISABLED) {
            engine.lifecycle.enable(id, Caller.root());
        } else if (state == ENABLED && now == ARCHIVED) {
            engine.lifecycle.cancelArchive(id, Caller.root());
        } else if (state == DISABLED && now == ENABLED) {
            engine.lifecycle.disable(id, Caller.root());
        } else if (state == DISABLED && now == PENDING_DELETE) {
            engine.lifecycle.cancelDeletion(id, Caller.root());
        } else if (state == PENDING_DELETE) {
            engine.lifecycle.scheduleDeletion(id, 7, Caller.root());
        } else if (state == ARCHIVED) {
            engine.lifecycle.archive(id, Caller.root());
        }
        assertThat(store.key(id).orElseThrow().state()).isEqualTo(state);
    }
}
