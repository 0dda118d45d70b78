package io.keycask.kms;

import java.time.Instant;

/**
 * The import of the material of one key that was {@linkplain NewKey#external() created without any}: bring your own key.
 *
 * <p>{@link #parameters} returns a public key and a token. Whoever has the material (32 random bytes for {@link
 * KeySpec#AES_256}, 16 for {@link KeySpec#SM4}) encrypts it to that key, and {@link #importMaterial} brings it in. The first
 * import decides for ever what the material of the key is: when it expired or was deleted, the same material makes old
 * ciphertexts readable again, and no other is accepted. Keep a copy of it; Keycask gives none back. Thread-safe.
 *
 * <p>Every method throws {@link KeyUsageException} with {@link ErrorCode#NOT_EXTERNAL_CMK} for a key that was not created
 * for imported material, and otherwise as {@link Cmk} says.
 */
public interface MaterialImport {
    /** The latest moment at which imported material may expire, in seconds since 1970-01-01T00:00Z. */
    long MAX_VALID_TO_SECONDS = 2_147_443_200L;

    /** How many parameters of one key are of use at the same time; further ones take the place of the oldest. */
    int MAX_PARAMETERS = 10;

    /**
     * Returns a new public key and the token that belongs to it. Both are of use for 24 hours, for one import.
     *
     * @throws InvalidRequestException if the algorithm is {@link WrappingAlgorithm#RSAES_PKCS1_V1_5} and the application
     *     does not allow it
     */
    ImportParameters parameters(WrappingAlgorithm algorithm);

    /**
     * Imports material that does not expire, and enables the key. Material that the key has already is not imported again;
     * only its expiry is taken away.
     *
     * @param encrypted the material, encrypted to the public key of the parameters
     * @param token the token of the parameters; a successful import uses it up
     * @throws InvalidRequestException with {@link ErrorCode#TOKEN_EXPIRED} if 24 hours have passed, or the token is used
     *     up; with {@link ErrorCode#DECRYPT_MATERIAL_ERROR} if this is not material of the right length under that public
     *     key; with {@link ErrorCode#MATERIAL_NOT_MATCH} if the key had other material before; with {@link
     *     ErrorCode#INVALID_PARAMETER} if the token is none of this key
     * @throws KeyStateException if the key neither waits for its material nor is enabled
     */
    void importMaterial(byte[] encrypted, byte[] token);

    /**
     * Imports material that expires; otherwise as {@link #importMaterial(byte[], byte[])}.
     *
     * @param validTo from then on nothing can be done with the key until the same material is imported again; after now,
     *     and not after {@link #MAX_VALID_TO_SECONDS}; counted in whole milliseconds
     * @throws InvalidRequestException also if {@code validTo} is not in that range, or the key is bound to a resource
     */
    void importMaterial(byte[] encrypted, byte[] token, Instant validTo);

    /**
     * Deletes the material; the key waits for it then. Importing the same material makes ciphertexts readable again.
     *
     * @throws KeyStateException if the key is neither enabled nor disabled, and with {@link
     *     ErrorCode#CMK_USED_BY_CLOUD_PRODUCT} if it is bound to a resource
     */
    void deleteMaterial();
}
