package io.keycask.kms.core.internal.operation;

import static io.keycask.kms.ErrorCode.CMK_ARCHIVED;
import static io.keycask.kms.ErrorCode.CMK_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_NOT_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.CMK_SHOULD_BE_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_STATE_NOT_SUPPORT;
import static io.keycask.kms.ErrorCode.INVALID_KEY_USAGE;
import static io.keycask.kms.ErrorCode.KEY_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.ROTATE_NOT_SUPPORTED;
import static io.keycask.kms.KeyState.ARCHIVED;
import static io.keycask.kms.KeyState.DISABLED;
import static io.keycask.kms.KeyState.ENABLED;
import static io.keycask.kms.KeyState.PENDING_DELETE;
import static io.keycask.kms.KeyState.PENDING_IMPORT;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.core.internal.access.Action;
import io.keycask.kms.core.internal.access.Action.Scope;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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

    GET_PUBLIC_KEY("GetPublicKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    ASYMMETRIC_RSA_DECRYPT("AsymmetricRsaDecrypt", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    ASYMMETRIC_SM2_DECRYPT("AsymmetricSm2Decrypt", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    SIGN_BY_ASYMMETRIC_KEY("SignByAsymmetricKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT),
    VERIFY_BY_ASYMMETRIC_KEY("VerifyByAsymmetricKey", false, EnumSet.of(ENABLED), CMK_STATE_NOT_SUPPORT);

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

    /** Returns whether the operation changes a key: the action type Write of the audit trail. */
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
     * Checks that the usage and the state of the key allow the operation.
     *
     * @throws KeyUsageException if the usage does not
     * @throws KeyStateException if the state does not
     */
    public void requireAllowed(KeyMetadata key) {
        if (!isFor(key.usage())) {
            throw new KeyUsageException(
                    this == ROTATE_KEY || this == ENABLE_KEY_ROTATION ? ROTATE_NOT_SUPPORTED : INVALID_KEY_USAGE,
                    eventName + ": key " + key.id() + " is for " + key.usage().documentedName(key.spec()));
        }
        if (!allowed.contains(key.state())) {
            throw new KeyStateException(
                    specialRefusals.getOrDefault(key.state(), refusal),
                    eventName + ": key " + key.id() + " is " + key.state().value());
        }
    }
}
