package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.SignatureAlgorithm;

/** What can be done with a private key in the clear. Thread-safe. */
interface PrivateKeyUse {
    /** Signs a digest by an algorithm that is offered for the key. */
    byte[] sign(SignatureAlgorithm algorithm, byte[] digest);

    /**
     * Decrypts by an algorithm that is offered for the key.
     *
     * @return the plaintext, which the caller has to wipe
     * @throws io.keycask.kms.DecryptionException whatever is wrong with the ciphertext
     */
    byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext);
}
