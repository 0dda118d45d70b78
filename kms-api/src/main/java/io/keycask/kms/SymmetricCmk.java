package io.keycask.kms;

import java.util.List;

/**
 * A handle of a customer master key that encrypts and decrypts.
 *
 * <p>Whoever has data of any size takes {@link #envelope()}, and for many small values under one data key {@link #records}.
 * {@link #encrypt} is for small secrets, {@link #generateDataKey} for callers who do their own envelope. Thread-safe.
 *
 * <p>Cryptography needs an enabled key; decryption is also possible with an archived one. Otherwise the answer is a
 * {@link KeyStateException}. If the provider of the key is out of reach, it is a {@link ProviderException}.
 */
public interface SymmetricCmk extends Cmk {
    /** The longest plaintext of {@link #encrypt}. */
    int MAX_PLAINTEXT_BYTES = 4_096;

    /** Returns the cipher for data of any size: a fresh data key for every message, wrapped by this key. */
    EnvelopeCipher envelope();

    /**
     * Encrypts a small secret under the current version of the key, inside its provider.
     *
     * @param plaintext 1 to {@value #MAX_PLAINTEXT_BYTES} bytes
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_PLAINTEXT} if the plaintext has another length
     */
    Ciphertext encrypt(byte[] plaintext, EncryptionContext context);

    /**
     * Decrypts what was encrypted under any version of this key with the same encryption context.
     *
     * @throws DecryptionException if the ciphertext was altered, is under another key, or has another context
     */
    byte[] decrypt(Ciphertext ciphertext, EncryptionContext context);

    /**
     * Decrypts as {@link #decrypt} does, and returns the plaintext encrypted to a public key; otherwise as {@link
     * Kms#decryptTo}.
     */
    byte[] decryptTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, Ciphertext ciphertext, EncryptionContext context);

    /**
     * Encrypts under the current version of this key what was encrypted under any key, without showing the plaintext to
     * the caller. A wrapped data key stays the same data key.
     *
     * @param ciphertext under any key of this Keycask
     * @param source the encryption context that it was encrypted with
     * @param destination the encryption context of the result
     * @throws DecryptionException if the ciphertext was altered, or has another context
     */
    ReEncrypted reEncrypt(Ciphertext ciphertext, EncryptionContext source, EncryptionContext destination);

    /**
     * Returns a fresh data key, in the clear and wrapped under the current version of this key.
     *
     * @return the data key, which the caller has to close
     */
    DataKey generateDataKey(DataKeySpec spec, EncryptionContext context);

    /** Returns a fresh data key wrapped under the current version of this key, without showing it to the caller. */
    Ciphertext generateDataKeyWithoutPlaintext(DataKeySpec spec, EncryptionContext context);

    /**
     * Returns a fresh data key wrapped under the current version of this key, and encrypted to a public key, so that only
     * the owner of its private key sees it.
     *
     * @param publicKey RSA of 2,048 to 4,096 bits, or SM2
     * @param algorithm how its owner will decrypt; not with the padding of PKCS #1 v1.5
     * @throws InvalidRequestException with {@link ErrorCode#ENCRYPTION_ERROR} if that is no public key of the algorithm, or
     *     the data key is too long for it
     * @throws KeyUsageException if the provider of this key does not offer this
     */
    SealedDataKey generateDataKeyTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, DataKeySpec spec, EncryptionContext context);

    /**
     * Opens a data key that this key wrapped.
     *
     * @return the data key, which the caller has to close
     * @throws DecryptionException if the wrapped key was altered, is under another key, or has another context
     */
    DataKey decryptDataKey(Ciphertext wrapped, EncryptionContext context);

    /**
     * Returns a fresh wrapped data key for {@link #records}, to be stored once, for example per table or per tenant: for SM4 if this
     * key is of {@link KeySpec#SM4}, else for AES. {@link #reEncrypt} brings it under another key or version without touching a
     * record.
     */
    Ciphertext newRecordKey(EncryptionContext context);

    /**
     * Returns the cipher of the records under this data key. Opening it is audited; what it does then is not.
     *
     * @param wrappedKey from {@link #newRecordKey}, or what re-encryption made of it
     * @param context the encryption context of the wrapped key
     * @return the cipher, which the caller has to close
     * @throws DecryptionException if the wrapped key was altered, is under another key, or has another context
     * @throws InvalidRequestException if the data key is not one for records
     */
    RecordCipher records(Ciphertext wrappedKey, EncryptionContext context);

    /**
     * Gives the key a new version, which encrypts from now on; every older version goes on decrypting.
     *
     * @return the new version
     * @throws KeyStateException if the key is not enabled
     * @throws KeyUsageException with {@link ErrorCode#ROTATE_NOT_SUPPORTED} if the material was imported
     * @throws LimitExceededException with {@link ErrorCode#ROTATE_RATE_LIMITED} if the application allows one rotation in 24
     *     hours, and the key had one
     */
    KeyVersion rotate();

    /**
     * Rotates the key by period from now on.
     *
     * @param periodDays {@value RotationStatus#MIN_PERIOD_DAYS} to {@value RotationStatus#MAX_PERIOD_DAYS}
     * @throws InvalidRequestException if the period is not in that range
     * @throws KeyStateException if the key is not enabled
     * @throws KeyUsageException with {@link ErrorCode#EXTERNAL_CMK_CAN_NOT_ROTATE} if the material was imported
     */
    void enableRotation(int periodDays);

    /** Rotates the key every {@value RotationStatus#MAX_PERIOD_DAYS} days from now on. */
    default void enableRotation() {
        enableRotation(RotationStatus.MAX_PERIOD_DAYS);
    }

    /** Ends the rotation by period; {@link #rotate()} stays possible. */
    void disableRotation();

    /** Returns whether and when the key is rotated. */
    RotationStatus rotationStatus();

    /** Returns the versions of the key, the oldest first. */
    List<KeyVersion> versions();

    /** Returns the import of the material of this key, if it was {@linkplain NewKey#external() created} for that. */
    MaterialImport materialImport();
}
