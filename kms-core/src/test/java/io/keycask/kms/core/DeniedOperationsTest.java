package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AccessControl;
import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.AuditLog;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeySpec;
import io.keycask.kms.Kms;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.NewKey;
import io.keycask.kms.Principal;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation, called by an account that may describe one key and nothing else: refused, without effect, audited. */
final class DeniedOperationsTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final Principal ALICES = Principal.account("alice");
    /** What nobody calls for: the engine does it when its time has come, or the root account by a method of its own. */
    private static final Set<Operation> OF_THE_ENGINE =
            EnumSet.of(Operation.RESEAL_KEY, Operation.EXPIRE_KEY_MATERIAL, Operation.DELETE_KEY);

    @TempDir
    Path folder;

    private final AtomicReference<Store> store = new AtomicReference<>();
    private EmbeddedKms kms;
    private SymmetricCmk orders;
    private Ciphertext ciphertext;

    /** The account's view and its handle of the key. */
    private Kms view;

    private SymmetricCmk handle;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder)
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .strictAudit()
                .build();
        orders = kms.createKey(NewKey.named("orders"));
        ciphertext = orders.encrypt(new byte[1], CONTEXT);
        AccessControl access = kms.access();
        access.createAccount("alice");
        access.createGroup("ops");
        access.createPolicy(
                "describe",
                "{\"version\":\"2.0\",\"statement\":{\"effect\":\"allow\",\"action\":\"kms:DescribeKey\",\"resource\":\"*\"}}");
        access.attachPolicy("describe", ALICES);
        view = kms.as(Caller.account("alice"));
        handle = view.symmetricKey("orders");
    }

    @AfterEach
    void close() {
        kms.close();
    }

    /** The call for every operation; an operation that has none makes {@link #everyOperation_isInTheTable} fail. */
    private Map<Operation, Runnable> calls() {
        Map<Operation, Runnable> calls = new EnumMap<>(Operation.class);
        addKeys(calls);
        addBindingsAndImport(calls);
        addCryptography(calls);
        addService(calls, view.audit());
        addAccess(calls, view.access());
        return calls;
    }

    private void addKeys(Map<Operation, Runnable> calls) {
        calls.put(Operation.CREATE_KEY, () -> view.createKey(NewKey.named("more")));
        calls.put(Operation.DESCRIBE_KEY, () -> kms.as(Caller.account("bob")).key("orders"));
        calls.put(Operation.DESCRIBE_KEYS, () -> view.describeKeys(List.of(orders.id())));
        calls.put(Operation.LIST_KEYS, () -> view.listKeyIds(KeyQuery.all()));
        calls.put(Operation.LIST_KEY_DETAIL, () -> view.listKeys(KeyQuery.all()));
        calls.put(Operation.UPDATE_KEY_DESCRIPTION, () -> handle.updateDescription("x"));
        calls.put(Operation.UPDATE_ALIAS, () -> handle.updateAlias("more"));
        calls.put(Operation.UPDATE_KEY_TAGS, () -> handle.updateTags(Map.of("team", "x")));
        calls.put(Operation.ENABLE_KEY, handle::enable);
        calls.put(Operation.DISABLE_KEY, handle::disable);
        calls.put(Operation.ENABLE_KEYS, () -> view.enableKeys(List.of(orders.id())));
        calls.put(Operation.DISABLE_KEYS, () -> view.disableKeys(List.of(orders.id())));
        calls.put(Operation.ARCHIVE_KEY, handle::archive);
        calls.put(Operation.CANCEL_KEY_ARCHIVE, handle::cancelArchive);
        calls.put(Operation.SCHEDULE_KEY_DELETION, () -> handle.scheduleDeletion(7));
        calls.put(Operation.CANCEL_KEY_DELETION, handle::cancelDeletion);
        calls.put(Operation.ENABLE_KEY_ROTATION, () -> handle.enableRotation(30));
        calls.put(Operation.DISABLE_KEY_ROTATION, handle::disableRotation);
        calls.put(Operation.GET_KEY_ROTATION_STATUS, handle::rotationStatus);
        calls.put(Operation.ROTATE_KEY, handle::rotate);
    }

    private void addBindingsAndImport(Map<Operation, Runnable> calls) {
        MaterialImport material = handle.materialImport();
        calls.put(Operation.BIND_CLOUD_RESOURCE, () -> handle.bindResource("ssm", "s1"));
        calls.put(Operation.UNBIND_CLOUD_RESOURCE, () -> handle.unbindResource("ssm", "s1"));
        calls.put(Operation.GET_PARAMETERS_FOR_IMPORT, () -> material.parameters(WrappingAlgorithm.RSAES_OAEP_SHA_256));
        calls.put(Operation.IMPORT_KEY_MATERIAL, () -> material.importMaterial(new byte[256], new byte[74]));
        calls.put(Operation.DELETE_IMPORTED_KEY_MATERIAL, material::deleteMaterial);
    }

    private void addService(Map<Operation, Runnable> calls, AuditLog audit) {
        calls.put(Operation.GET_REGIONS, view::regions);
        calls.put(Operation.GET_SERVICE_STATUS, view::serviceStatus);
        calls.put(Operation.LIST_ALGORITHMS, view::algorithms);
        calls.put(Operation.LOOK_UP_EVENTS, () -> audit.find(AuditQuery.all()));
        calls.put(Operation.VERIFY_EVENTS, audit::verify);
        calls.put(Operation.CREATE_AUDIT_CHECKPOINT, audit::checkpoint);
        calls.put(Operation.GET_AUDIT_PUBLIC_KEY, audit::publicKeyPem);
        calls.put(Operation.EXPORT_EVENTS, () -> export(audit));
        calls.put(Operation.DROP_EVENTS, () -> audit.dropBefore(Instant.EPOCH));
    }

    private static void export(AuditLog audit) {
        try {
            audit.export(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addCryptography(Map<Operation, Runnable> calls) {
        calls.put(Operation.ENCRYPT, () -> handle.encrypt(new byte[1], CONTEXT));
        calls.put(Operation.DECRYPT, () -> view.decrypt(ciphertext, CONTEXT));
        calls.put(Operation.RE_ENCRYPT, () -> view.reEncrypt(ciphertext, CONTEXT));
        calls.put(Operation.GENERATE_DATA_KEY, () -> handle.generateDataKey(DataKeySpec.AES_256, CONTEXT));
        calls.put(Operation.GENERATE_RANDOM, () -> view.generateRandom(1));
        // access is asked before the usage, so that handles of another usage serve as well
        Caller alice = Caller.account("alice");
        SigningCmk signer = new EmbeddedSigningCmk(kms.engine, orders.id(), KeySpec.EC_P256, alice);
        DecryptionCmk opener = new EmbeddedDecryptionCmk(kms.engine, orders.id(), KeySpec.SM2, alice);
        MessageToSign message = MessageToSign.raw(new byte[1]);
        calls.put(Operation.GET_PUBLIC_KEY, signer::publicKey);
        calls.put(Operation.SIGN_BY_ASYMMETRIC_KEY, () -> signer.sign(SignatureAlgorithm.ECC_P256_R1, message));
        calls.put(
                Operation.VERIFY_BY_ASYMMETRIC_KEY,
                () -> signer.verify(SignatureAlgorithm.ECC_P256_R1, message, new byte[64]));
        calls.put(
                Operation.ASYMMETRIC_RSA_DECRYPT,
                () -> opener.decrypt(DecryptionAlgorithm.RSAES_OAEP_SHA_256, new byte[256]));
        calls.put(Operation.ASYMMETRIC_SM2_DECRYPT, () -> opener.decrypt(DecryptionAlgorithm.SM2, new byte[1]));
    }

    private void addAccess(Map<Operation, Runnable> calls, AccessControl access) {
        calls.put(Operation.ADD_USER, () -> access.createAccount("bob"));
        calls.put(Operation.DELETE_USER, () -> access.deleteAccount("alice"));
        calls.put(Operation.LIST_USERS, access::accounts);
        calls.put(Operation.CREATE_GROUP, () -> access.createGroup("more"));
        calls.put(Operation.DELETE_GROUP, () -> access.deleteGroup("ops"));
        calls.put(Operation.LIST_GROUPS, access::groups);
        calls.put(Operation.ADD_USER_TO_GROUP, () -> access.addMember("ops", "alice"));
        calls.put(Operation.REMOVE_USER_FROM_GROUP, () -> access.removeMember("ops", "alice"));
        calls.put(Operation.LIST_USERS_FOR_GROUP, () -> access.members("ops"));
        calls.put(Operation.CREATE_POLICY, () -> access.createPolicy("more", "{}"));
        calls.put(Operation.UPDATE_POLICY, () -> access.updatePolicy("describe", "{}"));
        calls.put(Operation.DELETE_POLICY, () -> access.deletePolicy("describe"));
        calls.put(Operation.GET_POLICY, () -> access.policy("describe"));
        calls.put(Operation.LIST_POLICIES, access::policies);
        calls.put(Operation.ATTACH_USER_POLICY, () -> access.attachPolicy(AccessControl.FULL_ACCESS, ALICES));
        calls.put(Operation.DETACH_USER_POLICY, () -> access.detachPolicy("describe", ALICES));
        calls.put(Operation.LIST_ATTACHED_USER_POLICIES, () -> access.attachedPolicies(ALICES));
        Principal group = Principal.group("ops");
        calls.put(Operation.ATTACH_GROUP_POLICY, () -> access.attachPolicy(AccessControl.FULL_ACCESS, group));
        calls.put(Operation.DETACH_GROUP_POLICY, () -> access.detachPolicy("describe", group));
        calls.put(Operation.LIST_ATTACHED_GROUP_POLICIES, () -> access.attachedPolicies(group));
        Caller alice = Caller.account("alice");
        calls.put(Operation.SIMULATE_POLICY, () -> access.simulate(alice, "kms:Encrypt", orders.id()));
        calls.put(Operation.LIST_PERMISSIONS, () -> access.permissionsOf(alice));
        calls.put(Operation.LIST_KEY_USERS, () -> access.usersOf(orders.id(), "kms:Encrypt"));
    }

    @Test
    void everyOperation_isInTheTable() {
        assertThat(calls().keySet()).containsExactlyInAnyOrderElementsOf(called().toList());
    }

    static Stream<Operation> called() {
        return Arrays.stream(Operation.values()).filter(operation -> !OF_THE_ENGINE.contains(operation));
    }

    @ParameterizedTest
    @MethodSource("called")
    void operation_thatNoPolicyAllows_isRefusedWithoutEffectAndAudited(Operation operation) {
        Runnable call = calls().get(operation);
        KeyMetadata before = orders.describe();
        long version = store.get().accessVersion();
        int eventsBefore = events().size();

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(call::run)
                .withMessageContaining("has no permission");

        List<AuditEvent> events = events();
        assertThat(events.subList(eventsBefore, events.size())).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo(operation.eventName());
            assertThat(event.code()).isEqualTo("UnauthorizedOperation");
            assertThat(event.caller()).isIn("alice", "bob");
        });
        assertThat(orders.describe()).usingRecursiveComparison().isEqualTo(before);
        assertThat(kms.countKeys(KeyQuery.all())).isEqualTo(1);
        assertThat(store.get().accessVersion()).isEqualTo(version);
    }

    @Test
    void envelopesAndRecords_areRefusedAsTheirOperations() {
        byte[] message = orders.envelope().encrypt(new byte[1], CONTEXT);
        Ciphertext recordKey = orders.newRecordKey(CONTEXT);
        List<Consumer<SymmetricCmk>> uses = List.of(
                key -> key.envelope().encrypt(new byte[1], CONTEXT),
                key -> key.envelope().decrypt(message, CONTEXT),
                key -> view.envelope().decrypt(message, CONTEXT),
                key -> key.newRecordKey(CONTEXT),
                key -> key.records(recordKey, CONTEXT),
                key -> view.records(recordKey, CONTEXT),
                key -> key.decryptDataKey(recordKey, CONTEXT));

        assertThat(uses)
                .allSatisfy(use ->
                        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> use.accept(handle)));
    }

    private List<AuditEvent> events() {
        List<AuditEvent> events = new ArrayList<>();
        store.get().readAudit(entry -> events.add(entry.event()));
        return events;
    }
}
