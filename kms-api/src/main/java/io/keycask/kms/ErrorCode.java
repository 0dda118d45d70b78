package io.keycask.kms;

/**
 * The documented error codes, under the names that the operations of a cloud KMS use.
 *
 * <p>The list is closed for one release and grows with the operations of later ones.
 */
public enum ErrorCode {
    /** The caller has no permission, or the key does not exist and the caller may not know that. */
    UNAUTHORIZED_OPERATION("UnauthorizedOperation"),
    /** A part of the request is not valid; the message says which. */
    INVALID_PARAMETER("InvalidParameter"),
    /** A value is outside its documented range. */
    INVALID_PARAMETER_VALUE("InvalidParameterValue"),
    /** The pending window of a deletion is not 7 to 30 days. */
    INVALID_PENDING_WINDOW("InvalidParameter.InvalidPendingWindowInDays"),
    /** Another key has this alias. */
    ALIAS_ALREADY_EXISTS("InvalidParameterValue.AliasAlreadyExists"),
    /** The alias does not follow the rules of {@link NewKey#named}. */
    INVALID_ALIAS("InvalidParameterValue.InvalidAlias"),
    /** A batch names one key twice. */
    DUPLICATED_KEY_ID("InvalidParameterValue.DuplicatedKeyId"),
    /** The id is not the id of a key. */
    INVALID_KEY_ID("InvalidParameterValue.InvalidKeyId"),
    /** The key is made for another use, or no provider offers it. */
    INVALID_KEY_USAGE("InvalidParameterValue.InvalidKeyUsage"),
    /** The plaintext is empty or longer than {@link SymmetricCmk#MAX_PLAINTEXT_BYTES}. */
    INVALID_PLAINTEXT("InvalidParameterValue.InvalidPlaintext"),
    /** The ciphertext was altered, or belongs to another key or encryption context. */
    INVALID_CIPHERTEXT("InvalidParameterValue.InvalidCiphertext"),
    /** A key pair cannot decrypt this. */
    DECRYPT_ERROR("FailedOperation.DecryptError"),
    /** The answer cannot be encrypted to the public key that the request names. */
    ENCRYPTION_ERROR("FailedOperation.EncryptionError"),
    /** A tag key is given twice. */
    TAG_KEYS_DUPLICATED("InvalidParameterValue.TagKeysDuplicated"),
    /** The limit of tags, keys or recipients is reached. */
    LIMIT_EXCEEDED("LimitExceeded"),
    /** There is no such key. */
    CMK_NOT_FOUND("ResourceUnavailable.CmkNotFound"),
    /** The key is disabled, or waits for its material or its deletion. */
    CMK_DISABLED("ResourceUnavailable.CmkDisabled"),
    /** The key is archived: it decrypts, and nothing else. */
    CMK_ARCHIVED("ResourceUnavailable.CmkArchived"),
    /** The state of the key forbids the operation. */
    CMK_STATE_NOT_SUPPORT("ResourceUnavailable.CmkStateNotSupport"),
    /** An enabled key cannot be scheduled for deletion. */
    CMK_SHOULD_BE_DISABLED("ResourceUnavailable.CmkShouldBeDisabled"),
    /** The key is not scheduled for deletion. */
    CMK_NOT_PENDING_DELETE("ResourceUnavailable.CmkNotPendingDelete"),
    /** The key is pending deletion and cannot make data keys. */
    KEY_PENDING_DELETE("ResourceUnavailable.KeyPendingDelete"),
    /** A key whose material was imported cannot be rotated by schedule. */
    EXTERNAL_CMK_CAN_NOT_ROTATE("UnsupportedOperation.ExternalCmkCanNotRotate"),
    /** This key cannot be rotated. */
    ROTATE_NOT_SUPPORTED("UnsupportedOperation.RotateNotSupported"),
    /** Another process rotates this key at this moment. */
    ROTATE_TASK_RUNNING("FailedOperation.RotateTaskRunning"),
    /** The key provider or the store is away, or reports a fault. */
    INTERNAL_ERROR("InternalError");

    private final String value;

    ErrorCode(String value) {
        this.value = value;
    }

    /** Returns the code as it stands in the documents and in the audit, for example {@code InternalError}. */
    public String value() {
        return value;
    }
}
