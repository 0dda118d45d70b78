package io.keycask.kms.spi;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.SecretBytes;

/** The power of a provider to encrypt to a public key that is not its own. */
public interface PublicKeySealing {
    /** The longest plaintext of {@link #sealTo}. */
    int MAX_PLAINTEXT_BYTES = 4_096;

    /**
     * Encrypts to a public key.
     *
     * @param publicKey a DER SubjectPublicKeyInfo: RSA of 2,048 to 4,096 bits, or SM2
     * @param algorithm how its owner will decrypt
     * @param plaintext 1 to {@value #MAX_PLAINTEXT_BYTES} bytes, and no more than the algorithm takes
     * @return the ciphertext, in the form of {@link KeyPairs#decryptWithPair}
     * @throws io.keycask.kms.InvalidRequestException with {@link io.keycask.kms.ErrorCode#ENCRYPTION_ERROR} if that is no
     *     public key of the algorithm, or the plaintext is too long for it
     */
    byte[] sealTo(byte[] publicKey, DecryptionAlgorithm algorithm, SecretBytes plaintext);
}
