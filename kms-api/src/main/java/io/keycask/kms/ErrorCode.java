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
    /** The key is made for another use, or its provider does not offer this one. */
    INVALID_KEY_USAGE("InvalidParameterValue.InvalidKeyUsage"),
    /** No provider makes keys of this usage and spec, or imports them. */
    UNSUPPORTED_KEY_USAGE("UnsupportedOperation.UnsupportedKeyUsageInCurrentRegion"),
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
    /** A key may be rotated on demand once in 24 hours, and was. */
    ROTATE_RATE_LIMITED("RequestLimitExceeded.RotateRateLimited"),
    /** The key was not created for imported material. */
    NOT_EXTERNAL_CMK("UnsupportedOperation.NotExternalCmk"),
    /** The import token has expired, or was used already. */
    TOKEN_EXPIRED("ResourceUnavailable.TokenExpired"),
    /** The encrypted material cannot be decrypted, or what comes out is no material for this key; never says which. */
    DECRYPT_MATERIAL_ERROR("InvalidParameter.DecryptMaterialError"),
    /** This is not the material that was imported into the key first. */
    MATERIAL_NOT_MATCH("InvalidParameterValue.MaterialNotMatch"),
    /** The key is bound to a resource of a service. */
    CMK_USED_BY_CLOUD_PRODUCT("FailedOperation.CmkUsedByCloudProduct"),
    /** The key is not bound to this resource. */
    CLOUD_RESOURCE_BINDING_NOT_FOUND("ResourceUnavailable.CloudResourceBindingNotFound"),
    /** The key belongs to a service, which does not allow this. */
    NOT_ROLE_OPERATION("UnsupportedOperation.NotRoleOperation"),
    /** The key belongs to a service and cannot be archived. */
    NOT_USER_CREATED_CMK("UnsupportedOperation.NotUserCreatedCmk"),
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
