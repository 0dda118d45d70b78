package io.keycask.kms;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The key-management service: it creates and finds customer master keys, and decrypts what any of them encrypted.
 *
 * <p>{@code io.keycask.kms.core.EmbeddedKms} is the one that runs inside the program. Build one for the life of the
 * program and close it at the end: that writes what is left of the audit trail and wipes the keys in memory. Thread-safe;
 * after {@link #close()} every call throws {@code IllegalStateException}.
 *
 * <p>A method that takes an alias or an id throws {@link KeyNotFoundException} if there is no such key, and {@link
 * AccessDeniedException} to a caller who may not know that. Every method may throw {@link StoreException}.
 */
public interface Kms extends AutoCloseable {
    /**
     * Creates a customer master key. It is durable when the method returns.
     *
     * @return the handle of the new key
     * @throws InvalidRequestException with {@link ErrorCode#ALIAS_ALREADY_EXISTS} if a key has this alias
     * @throws KeyUsageException if no provider, or not the one that is named, offers keys of this spec
     */
    <C extends Cmk> C createKey(NewKey<C> request);

    /**
     * Returns the key of this alias, and creates it first if there is none.
     *
     * <p>Of several callers at once, in whatever process, one creates it. An existing key is returned as it is, also if
     * its description or tags are others.
     *
     * @throws KeyUsageException if the key of this alias is of another spec or provider than the request names; what
     *     it leaves open is not compared
     */
    <C extends Cmk> C createKeyIfAbsent(NewKey<C> request);

    /** Returns a handle that manages the key of this alias, whatever it is used for. */
    Cmk key(String alias);

    /** Returns a handle that manages the key of this id, whatever it is used for. */
    Cmk key(KeyId id);

    /** Returns a handle that manages the key of this alias, if there is one. */
    Optional<Cmk> findKey(String alias);

    /**
     * Returns the handle of the symmetric key of this alias.
     *
     * @throws KeyUsageException if the key is not symmetric
     */
    SymmetricCmk symmetricKey(String alias);

    /**
     * Returns the handle of the symmetric key of this id.
     *
     * @throws KeyUsageException if the key is not symmetric
     */
    SymmetricCmk symmetricKey(KeyId id);

    /**
     * Returns the handle of the signing key of this alias.
     *
     * @throws KeyUsageException if the key does not sign
     */
    SigningCmk signingKey(String alias);

    /**
     * Returns the handle of the signing key of this id.
     *
     * @throws KeyUsageException if the key does not sign
     */
    SigningCmk signingKey(KeyId id);

    /**
     * Returns the handle of the key of this alias that decrypts what was encrypted with its public key.
     *
     * @throws KeyUsageException if the key does not do that
     */
    DecryptionCmk decryptionKey(String alias);

    /**
     * Returns the handle of the key of this id that decrypts what was encrypted with its public key.
     *
     * @throws KeyUsageException if the key does not do that
     */
    DecryptionCmk decryptionKey(KeyId id);

    /**
     * Describes up to {@value #MAX_BATCH} keys.
     *
     * @return the keys in the order given
     * @throws InvalidRequestException if there are more ids, with {@link ErrorCode#DUPLICATED_KEY_ID} if one is given twice
     * @throws KeyNotFoundException if one does not exist
     */
    List<KeyMetadata> describeKeys(Collection<KeyId> ids);

    /**
     * Returns the ids of a page of the keys that fit the query, of those only that are enabled, disabled, or wait for their
     * material.
     */
    Page<KeyId> listKeyIds(KeyQuery query);

    /** Returns the regions: one, whose name the builder was given. */
    List<String> regions();

    /** Returns the kinds of key that can be created here, with the algorithms that they are used with. */
    List<KeyOffer> algorithms();

    /** Returns how the service is; the answer may take one round trip to each provider. */
    ServiceStatus serviceStatus();

    /** Returns a page of the keys that fit the query. */
    Page<KeyMetadata> listKeys(KeyQuery query);

    /** Returns how many keys fit the query, on all pages. */
    long countKeys(KeyQuery query);

    /**
     * Enables up to {@value #MAX_BATCH} keys, each in a transaction of its own.
     *
     * @return what became of each key, in the order given
     * @throws InvalidRequestException if there are more keys, with {@link ErrorCode#DUPLICATED_KEY_ID} if one is named
     *     twice; then none is changed
     * @throws KeyNotFoundException if one does not exist; then none is changed
     */
    List<KeyOutcome> enableKeys(Collection<KeyId> ids);

    /** Disables up to {@value #MAX_BATCH} keys; otherwise as {@link #enableKeys}. */
    List<KeyOutcome> disableKeys(Collection<KeyId> ids);

    /** The most keys of a batch. */
    int MAX_BATCH = 100;

    /** Returns the cipher that decrypts envelope messages under any key of this Keycask. */
    EnvelopeDecryptor envelope();

    /**
     * Returns the cipher of the records under a data key that any key of this Keycask wraps; otherwise as {@link
     * SymmetricCmk#records}.
     *
     * @return the cipher, which the caller has to close
     * @throws DecryptionException if the wrapped key was altered, or has another context
     * @throws InvalidRequestException if the data key is not one for records
     */
    RecordCipher records(Ciphertext wrappedKey, EncryptionContext context);

    /**
     * Decrypts what was encrypted under any key of this Keycask with the same encryption context.
     *
     * @throws DecryptionException if the ciphertext was altered, or has another context
     * @throws KeyStateException if the key is neither enabled nor archived
     */
    byte[] decrypt(Ciphertext ciphertext, EncryptionContext context);

    /**
     * Decrypts as {@link #decrypt(Ciphertext, EncryptionContext)} does, and returns the plaintext encrypted to a public key,
     * so that only the owner of its private key sees it.
     *
     * @param publicKey RSA of 2,048 to 4,096 bits, or SM2
     * @param algorithm how its owner will decrypt; not with the padding of PKCS #1 v1.5
     * @throws InvalidRequestException with {@link ErrorCode#ENCRYPTION_ERROR} if that is no public key of the algorithm, or
     *     the plaintext is too long for it
     * @throws KeyUsageException if the provider of the key does not offer this
     */
    byte[] decryptTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, Ciphertext ciphertext, EncryptionContext context);

    /**
     * Encrypts under the current version of its own key what was encrypted under an older one.
     *
     * @return the ciphertext that was given, and {@code changed} false, if it is under the current version already
     * @throws DecryptionException if the ciphertext was altered, or has another context
     * @throws KeyStateException if the key is not enabled
     */
    ReEncrypted reEncrypt(Ciphertext ciphertext, EncryptionContext context);

    /**
     * Returns random bytes of the first provider's random number generator.
     *
     * @param sizeBytes 1 to {@value #MAX_RANDOM_BYTES}
     * @throws InvalidRequestException if the size is not in that range
     */
    byte[] generateRandom(int sizeBytes);

    /** The most bytes of {@link #generateRandom}. */
    int MAX_RANDOM_BYTES = 1_024;

    /**
     * Returns this service as the caller may use it: a view that can do what policies allow the caller, and nothing else.
     * Handles that come from the view carry the caller.
     *
     * <p>The application authenticates the caller; Keycask believes it. Getting a handle is {@code kms:DescribeKey},
     * using it the operation of its own. A refusal says nothing about the key, not even whether it exists. Views are
     * cheap, need not be closed, and end with the service: {@link #close()} of a view does nothing.
     *
     * @param caller the root account or a sub-account
     * @throws AccessDeniedException if this is the view of a sub-account, which cannot act as another caller
     * @throws IllegalArgumentException if the caller is an actor of the engine itself
     */
    Kms as(Caller caller);

    /** Returns the accounts, groups and policies of this service, as this caller may read and change them. */
    AccessControl access();

    /** Returns the audit trail of this Keycask. */
    AuditLog audit();

    /** Ends the service: waits for calls in flight, writes the rest of the audit trail, wipes keys. Idempotent. */
    @Override
    void close();
}
