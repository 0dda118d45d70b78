package io.keycask.kms.spi;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;

/**
 * The power of a provider to hold key pairs: what it declares by {@link Capability#sign} and {@link Capability#decrypt}.
 *
 * <p>The engine takes digests of messages, verifies signatures and makes and reads every encoding; a provider computes with
 * the private key only. Signatures on curves are {@code r || s}, each as long as the order of the curve; SM2 ciphertexts are
 * {@code 04 || x || y || C3 || C2}. What is not declared is refused with a {@link io.keycask.kms.KeyUsageException}.
 * {@link KeyProvider#destroy} is for key pairs too.
 */
public interface KeyPairs {
    /**
     * Makes the key pair of a key version, idempotent by id as {@link KeyProvider#create} is.
     *
     * @param usage what the engine will ask of the key: signatures or decryption, never both
     */
    KeyHandle createPair(KeySpec spec, KeyUsage usage, KeyVersionRef version);

    /** Returns the public key as DER SubjectPublicKeyInfo; points are uncompressed and curves named. */
    byte[] publicKey(KeyHandle key);

    /**
     * Signs.
     *
     * @param digest of the length of the algorithm; for SM2DSA the value {@code e}
     * @return the signature: as long as the modulus for RSA, else {@code r || s}
     */
    byte[] sign(KeyHandle key, SignatureAlgorithm algorithm, byte[] digest);

    /**
     * Decrypts.
     *
     * @param ciphertext as long as the modulus for RSA; for SM2 {@code 04 || x || y || C3 || C2} with 1 or more bytes of C2
     * @return the plaintext, which the caller has to close
     * @throws io.keycask.kms.DecryptionException if the ciphertext is not authentic, whatever is wrong with it
     */
    SecretBytes decryptWithPair(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext);
}
