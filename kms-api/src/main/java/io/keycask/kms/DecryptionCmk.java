package io.keycask.kms;

/**
 * A handle of a customer master key that decrypts what anybody encrypted with its {@linkplain #publicKey() public key}.
 *
 * <p>Thread-safe. Nothing says who encrypted: whoever has the public key may have made a ciphertext that opens.
 */
public interface DecryptionCmk extends AsymmetricCmk {
    /** The longest ciphertext of {@link DecryptionAlgorithm#SM2}. */
    int MAX_SM2_CIPHERTEXT_BYTES = 256;

    /**
     * Decrypts, inside the provider of the key.
     *
     * @param ciphertext as long as the modulus for RSA keys; for SM2 at most {@value #MAX_SM2_CIPHERTEXT_BYTES} bytes
     * @throws DecryptionException with {@link ErrorCode#DECRYPT_ERROR} if the ciphertext was altered, or is under another
     *     key or algorithm
     * @throws KeyUsageException if the algorithm is none of keys of this spec and usage, or the provider does not offer it
     */
    byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext);
}
