package io.keycask.kms.core.internal.operation;

import static io.keycask.kms.ErrorCode.CMK_ARCHIVED;
import static io.keycask.kms.ErrorCode.CMK_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_NOT_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.CMK_SHOULD_BE_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_STATE_NOT_SUPPORT;
import static io.keycask.kms.ErrorCode.CMK_USED_BY_CLOUD_PRODUCT;
import static io.keycask.kms.ErrorCode.INVALID_KEY_USAGE;
import static io.keycask.kms.ErrorCode.KEY_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.NOT_EXTERNAL_CMK;
import static io.keycask.kms.ErrorCode.NOT_ROLE_OPERATION;
import static io.keycask.kms.ErrorCode.NOT_USER_CREATED_CMK;
import static io.keycask.kms.ErrorCode.ROTATE_NOT_SUPPORTED;
import static io.keycask.kms.KeyState.ARCHIVED;
import static io.keycask.kms.KeyState.DISABLED;
import static io.keycask.kms.KeyState.ENABLED;
import static io.keycask.kms.KeyState.PENDING_DELETE;
import static io.keycask.kms.KeyState.PENDING_IMPORT;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.OwnerRole;
import io.keycask.kms.core.internal.access.Action;
import io.keycask.kms.core.internal.access.Action.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operations, each with its name in the audit trail and in policies, whether it changes a key, what it is about, and
 * the states and usages of a key that allow it.
 *
 * <p>This table is the state machine: an operation that moves a key names the states that it may come from here, and
 * {@link io.keycask.kms.core.internal.lifecycle.KeyLifecycle} the one that it leads to.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets and maps are made unmodifiable
public enum Operation {
    CREATE_KEY("CreateKey", true, Scope.ALL_KEYS),
    DESCRIBE_KEY("DescribeKey", false),
    DESCRIBE_KEYS("DescribeKeys", false),
    LIST_KEYS("ListKeys", false, Scope.ALL_KEYS),
    LIST_KEY_DETAIL("ListKeyDetail", false, Scope.ALL_KEYS),
    UPDATE_KEY_DESCRIPTION("UpdateKeyDescription", true, notPendingDelete(), CMK_STATE_NOT_SUPPORT),
    UPDATE_ALIAS("UpdateAlias", true, notPendingDelete(), CMK_STATE_NOT_SUPPORT),
    UPDATE_KEY_TAGS("UpdateKeyTags", true, notPendingDelete(), CMK_STATE_NOT_SUPPORT),

    ENABLE_KEY("EnableKey", true, EnumSet.of(DISABLED, ENABLED), CMK_STATE_NOT_SUPPORT),
    DISABLE_KEY("DisableKey", true, EnumSet.of(ENABLED, DISABLED), CMK_STATE_NOT_SUPPORT),
    ENABLE_KEYS("EnableKeys", true, EnumSet.of(DISABLED, ENABLED), CMK_STATE_NOT_SUPPORT),
    DISABLE_KEYS("DisableKeys", true, EnumSet.of(ENABLED, DISABLED), CMK_STATE_NOT_SUPPORT),
    ARCHIVE_KEY("ArchiveKey", true, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    CANCEL_KEY_ARCHIVE("CancelKeyArchive", true, EnumSet.of(ARCHIVED), CMK_STATE_NOT_SUPPORT),
    SCHEDULE_KEY_DELETION(
            "ScheduleKeyDeletion",
            true,
            EnumSet.of(DISABLED, PENDING_IMPORT),
            CMK_STATE_NOT_SUPPORT,
            Map.of(ENABLED, CMK_SHOULD_BE_DISABLED)),
    CANCEL_KEY_DELETION("CancelKeyDeletion", true, EnumSet.of(PENDING_DELETE), CMK_NOT_PENDING_DELETE),
    BIND_CLOUD_RESOURCE("BindCloudResource", true, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    UNBIND_CLOUD_RESOURCE("UnbindCloudResource", true),

    GET_PARAMETERS_FOR_IMPORT("GetParametersForImport", true),
    IMPORT_KEY_MATERIAL("ImportKeyMaterial", true, EnumSet.of(PENDING_IMPORT, ENABLED), CMK_STATE_NOT_SUPPORT),
    DELETE_IMPORTED_KEY_MATERIAL(
            "DeleteImportedKeyMaterial", true, EnumSet.of(ENABLED, DISABLED), CMK_STATE_NOT_SUPPORT),
    EXPIRE_KEY_MATERIAL("ExpireKeyMaterial", true),

    RESEAL_KEY("ResealKey", true),
    DELETE_KEY("DeleteKey", true, EnumSet.of(PENDING_DELETE), CMK_NOT_PENDING_DELETE),

    ENABLE_KEY_ROTATION("EnableKeyRotation", true, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    DISABLE_KEY_ROTATION("DisableKeyRotation", true),
    GET_KEY_ROTATION_STATUS("GetKeyRotationStatus", false),
    ROTATE_KEY("RotateKey", true, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),

    ENCRYPT("Encrypt", false, EnumSet.of(ENABLED), CMK_DISABLED, Map.of(ARCHIVED, CMK_ARCHIVED)),
    DECRYPT("Decrypt", false, EnumSet.of(ENABLED, ARCHIVED), CMK_DISABLED),
    RE_ENCRYPT("ReEncrypt", false, EnumSet.of(ENABLED), CMK_DISABLED, Map.of(ARCHIVED, CMK_ARCHIVED)),
    GENERATE_DATA_KEY(
            "GenerateDataKey",
            false,
            EnumSet.of(ENABLED),
            CMK_DISABLED,
            Map.of(ARCHIVED, CMK_ARCHIVED, PENDING_DELETE, KEY_PENDING_DELETE)),
    GENERATE_RANDOM("GenerateRandom", false, Scope.ALL_KEYS),
    GET_REGIONS("GetRegions", false, Scope.ALL_KEYS),
    GET_SERVICE_STATUS("GetServiceStatus", false, Scope.ALL_KEYS),
    LIST_ALGORITHMS("ListAlgorithms", false, Scope.ALL_KEYS),

    GET_PUBLIC_KEY("GetPublicKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    ASYMMETRIC_RSA_DECRYPT("AsymmetricRsaDecrypt", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    ASYMMETRIC_SM2_DECRYPT("AsymmetricSm2Decrypt", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    SIGN_BY_ASYMMETRIC_KEY("SignByAsymmetricKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    VERIFY_BY_ASYMMETRIC_KEY("VerifyByAsymmetricKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),

    ADD_USER("AddUser", true, Scope.ACCESS),
    DELETE_USER("DeleteUser", true, Scope.ACCESS),
    LIST_USERS("ListUsers", false, Scope.ACCESS),
    CREATE_GROUP("CreateGroup", true, Scope.ACCESS),
    DELETE_GROUP("DeleteGroup", true, Scope.ACCESS),
    LIST_GROUPS("ListGroups", false, Scope.ACCESS),
    ADD_USER_TO_GROUP("AddUserToGroup", true, Scope.ACCESS),
    REMOVE_USER_FROM_GROUP("RemoveUserFromGroup", true, Scope.ACCESS),
    LIST_USERS_FOR_GROUP("ListUsersForGroup", false, Scope.ACCESS),
    CREATE_POLICY("CreatePolicy", true, Scope.ACCESS),
    UPDATE_POLICY("UpdatePolicy", true, Scope.ACCESS),
    DELETE_POLICY("DeletePolicy", true, Scope.ACCESS),
    GET_POLICY("GetPolicy", false, Scope.ACCESS),
    LIST_POLICIES("ListPolicies", false, Scope.ACCESS),
    ATTACH_USER_POLICY("AttachUserPolicy", true, Scope.ACCESS),
    DETACH_USER_POLICY("DetachUserPolicy", true, Scope.ACCESS),
    LIST_ATTACHED_USER_POLICIES("ListAttachedUserPolicies", false, Scope.ACCESS),
    ATTACH_GROUP_POLICY("AttachGroupPolicy", true, Scope.ACCESS),
    DETACH_GROUP_POLICY("DetachGroupPolicy", true, Scope.ACCESS),
    LIST_ATTACHED_GROUP_POLICIES("ListAttachedGroupPolicies", false, Scope.ACCESS),
    SIMULATE_POLICY("SimulatePolicy", false, Scope.ACCESS),
    LIST_PERMISSIONS("ListPermissions", false, Scope.ACCESS),
    LIST_KEY_USERS("ListKeyUsers", false, Scope.ACCESS),

    LOOK_UP_EVENTS("LookUpEvents", false, Scope.ALL_KEYS),
    VERIFY_EVENTS("VerifyEvents", false, Scope.ALL_KEYS),
    CREATE_AUDIT_CHECKPOINT("CreateAuditCheckpoint", false, Scope.ALL_KEYS),
    GET_AUDIT_PUBLIC_KEY("GetAuditPublicKey", false, Scope.ALL_KEYS),
    EXPORT_EVENTS("ExportEvents", false, Scope.ALL_KEYS),
    DROP_EVENTS("DropEvents", true, Scope.ALL_KEYS);

    private static final Map<String, Action> ACTIONS = Arrays.stream(values())
            .map(Operation::action)
            .collect(Collectors.toUnmodifiableMap(Action::name, action -> action));

    private final String eventName;
    private final Action action;
    private final boolean write;
    private final Set<KeyState> allowed;
    private final ErrorCode refusal;
    private final Map<KeyState, ErrorCode> specialRefusals;

    Operation(String eventName, boolean write) {
        this(eventName, write, Scope.KEY);
    }

    Operation(String eventName, boolean write, Scope scope) {
        this(eventName, write, scope, EnumSet.allOf(KeyState.class), CMK_STATE_NOT_SUPPORT, Map.of());
    }

    Operation(String eventName, boolean write, Set<KeyState> allowed, ErrorCode refusal) {
        this(eventName, write, allowed, refusal, Map.of());
    }

    Operation(
            String eventName,
            boolean write,
            Set<KeyState> allowed,
            ErrorCode refusal,
            Map<KeyState, ErrorCode> specialRefusals) {
        this(eventName, write, Scope.KEY, allowed, refusal, specialRefusals);
    }

    Operation(
            String eventName,
            boolean write,
            Scope scope,
            Set<KeyState> allowed,
            ErrorCode refusal,
            Map<KeyState, ErrorCode> specialRefusals) {
        this.eventName = eventName;
        this.action = Action.of(eventName, scope);
        this.write = write;
        this.allowed = Set.copyOf(allowed);
        this.refusal = refusal;
        this.specialRefusals = Map.copyOf(specialRefusals);
    }

    private static Set<KeyState> notPendingDelete() {
        return EnumSet.complementOf(EnumSet.of(PENDING_DELETE));
    }

    /** Returns the name of the event in the audit trail. */
    public String eventName() {
        return eventName;
    }

    /** Returns what the operation is called in policies. */
    public Action action() {
        return action;
    }

    /** Returns the action of this name in policies; one that is no operation here is one on a key. */
    public static Action actionNamed(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return ACTIONS.getOrDefault(lowerCase, new Action(lowerCase, Scope.KEY));
    }

    /** Returns whether the operation changes something: the action type Write of the audit trail. */
    public boolean isWrite() {
        return write;
    }

    /** Returns whether a key in this state allows the operation. */
    public boolean isAllowedIn(KeyState state) {
        return allowed.contains(state);
    }

    /**
     * Returns whether keys of this usage take part in the operation. To decrypt is asked of any key, because its answer to a
     * ciphertext that names a key pair is the one to every other forgery.
     */
    public boolean isFor(KeyUsage usage) {
        return switch (this) {
            case ENCRYPT, RE_ENCRYPT, GENERATE_DATA_KEY, ROTATE_KEY, ENABLE_KEY_ROTATION ->
                usage == KeyUsage.ENCRYPT_DECRYPT;
            case GET_PUBLIC_KEY -> usage != KeyUsage.ENCRYPT_DECRYPT;
            case ASYMMETRIC_RSA_DECRYPT, ASYMMETRIC_SM2_DECRYPT -> usage.isAsymmetricDecryption();
            case SIGN_BY_ASYMMETRIC_KEY, VERIFY_BY_ASYMMETRIC_KEY -> usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY;
            default -> true;
        };
    }

    /**
     * Checks that the operation is one for this key: its usage, its owner, its origin, its bindings and its state.
     *
     * @throws KeyUsageException if the usage, the owner or the origin forbids it
     * @throws KeyStateException if a binding or the state does
     */
    public void requireAllowed(KeyMetadata key) {
        if (!isFor(key.usage())) {
            throw new KeyUsageException(
                    this == ROTATE_KEY || this == ENABLE_KEY_ROTATION ? ROTATE_NOT_SUPPORTED : INVALID_KEY_USAGE,
                    eventName + ": key " + key.id() + " is for " + key.usage().documentedName(key.spec()));
        }
        if (OwnerRole.of(key.owner()) == OwnerRole.SERVICE) {
            requireAllowedForService(key);
        }
        if (needsExternalKey() && key.origin() != KeyOrigin.EXTERNAL) {
            throw new KeyUsageException(
                    NOT_EXTERNAL_CMK, eventName + ": key " + key.id() + " was not created for imported material");
        }
        if (needsUnboundKey() && !key.bindings().isEmpty()) {
            throw new KeyStateException(
                    CMK_USED_BY_CLOUD_PRODUCT,
                    eventName + ": key " + key.id() + " is bound to "
                            + key.bindings().size() + " resources");
        }
        if (!allowed.contains(key.state())) {
            throw new KeyStateException(
                    specialRefusals.getOrDefault(key.state(), refusal),
                    eventName + ": key " + key.id() + " is " + key.state().value());
        }
    }

    private void requireAllowedForService(KeyMetadata key) {
        ErrorCode code = switch (this) {
            case ARCHIVE_KEY, CANCEL_KEY_ARCHIVE -> NOT_USER_CREATED_CMK;
            case DISABLE_KEY, DISABLE_KEYS, SCHEDULE_KEY_DELETION, UPDATE_ALIAS -> NOT_ROLE_OPERATION;
            default -> null;
        };
        if (code != null) {
            throw new KeyUsageException(
                    code, eventName + ": key " + key.id() + " belongs to the service " + key.owner());
        }
    }

    private boolean needsExternalKey() {
        return switch (this) {
            case GET_PARAMETERS_FOR_IMPORT, IMPORT_KEY_MATERIAL, DELETE_IMPORTED_KEY_MATERIAL -> true;
            default -> false;
        };
    }

    private boolean needsUnboundKey() {
        return switch (this) {
            case DISABLE_KEY, DISABLE_KEYS, ARCHIVE_KEY, SCHEDULE_KEY_DELETION, DELETE_IMPORTED_KEY_MATERIAL -> true;
            default -> false;
        };
    }
}
