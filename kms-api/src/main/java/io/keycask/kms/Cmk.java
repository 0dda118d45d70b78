package io.keycask.kms;

import java.time.Instant;
import java.util.Map;

/**
 * A handle of one customer master key (CMK) that can manage it and can never show its material.
 *
 * <p>What a key is used for decides the type of its handle, so that a wrong use does not compile: a {@link SymmetricCmk}
 * encrypts and decrypts, a {@link SigningCmk} signs, a {@link DecryptionCmk} opens what was encrypted with its public key. A
 * handle holds no state of the key: every call sees the key as it is then, changes that other
 * processes made included (within the staleness that the builder states). Thread-safe.
 *
 * <p>A key that a {@linkplain NewKey#managedBy service} owns is read, used and rotated; to disable, archive, rename or delete
 * it is refused with a {@link KeyUsageException}.
 *
 * <p>Every method may throw {@link KeyNotFoundException} once the key is gone, {@link AccessDeniedException}, {@link
 * KeyStateException} as its own documentation says, and {@link StoreException}. When a method that changes the key
 * returns, the change is durable and in the audit trail.
 */
public interface Cmk {
    /** Returns the identifier of the key. */
    KeyId id();

    /** Returns what kind of material the key is made of, which never changes; this asks nobody. */
    KeySpec spec();

    /** Returns what is known about the key now. */
    KeyMetadata describe();

    /**
     * Binds the key to a resource of a service: from then on it cannot be disabled, archived or deleted, and its material
     * does not expire and cannot be deleted. A key that is bound to the resource stays as it is.
     *
     * @param service as {@link ResourceBinding} describes
     * @param resource as {@link ResourceBinding} describes
     * @throws KeyStateException if the key is not enabled
     * @throws LimitExceededException if the key has {@link ResourceBinding#MAX_BINDINGS} bindings
     */
    void bindResource(String service, String resource);

    /**
     * Takes a binding back. An expiry that it took away does not come back.
     *
     * @throws InvalidRequestException with {@link ErrorCode#CLOUD_RESOURCE_BINDING_NOT_FOUND} if there is none
     */
    void unbindResource(String service, String resource);

    /**
     * Enables a disabled key. On an enabled key this changes nothing.
     *
     * @throws KeyStateException if the key is neither enabled nor disabled
     */
    void enable();

    /**
     * Disables an enabled key: nothing can be encrypted or decrypted under it until it is enabled again. On a disabled
     * key this changes nothing.
     *
     * @throws KeyStateException if the key is neither enabled nor disabled, and with {@link
     *     ErrorCode#CMK_USED_BY_CLOUD_PRODUCT} if it is bound to a resource
     */
    void disable();

    /**
     * Archives an enabled key: it decrypts, and nothing else.
     *
     * @throws KeyStateException if the key is not enabled, and with {@link ErrorCode#CMK_USED_BY_CLOUD_PRODUCT} if it is
     *     bound to a resource
     */
    void archive();

    /**
     * Enables an archived key again.
     *
     * @throws KeyStateException if the key is not archived
     */
    void cancelArchive();

    /**
     * Schedules the destruction of the key. Until the returned date it can be {@linkplain #cancelDeletion() cancelled};
     * then the material of every version is destroyed, and whatever is encrypted under it is lost.
     *
     * @param pendingWindowDays 7 to 30
     * @return the deletion date
     * @throws KeyStateException with {@link ErrorCode#CMK_SHOULD_BE_DISABLED} if the key is enabled, and with {@link
     *     ErrorCode#CMK_STATE_NOT_SUPPORT} if it is neither disabled nor waits for its material, and with {@link
     *     ErrorCode#CMK_USED_BY_CLOUD_PRODUCT} if it is bound to a resource
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_PENDING_WINDOW} if the window is not 7 to 30 days
     */
    Instant scheduleDeletion(int pendingWindowDays);

    /**
     * Cancels the deletion; the key is disabled then.
     *
     * @throws KeyStateException with {@link ErrorCode#CMK_NOT_PENDING_DELETE} if the key is not pending deletion
     */
    void cancelDeletion();

    /**
     * Gives the key another alias; ciphertexts do not depend on it.
     *
     * @param alias as {@link NewKey#named} describes
     * @throws InvalidRequestException with {@link ErrorCode#ALIAS_ALREADY_EXISTS} if another key has it
     * @throws KeyStateException if the key is pending deletion
     */
    void updateAlias(String alias);

    /**
     * Gives the key another description.
     *
     * @param description at most {@link NewKey#MAX_DESCRIPTION_BYTES} bytes of UTF-8
     * @throws KeyStateException if the key is pending deletion
     */
    void updateDescription(String description);

    /**
     * Replaces the tags of the key by these.
     *
     * @param tags as {@link NewKey#requireTags} describes
     * @throws KeyStateException if the key is pending deletion
     */
    void updateTags(Map<String, String> tags);
}
