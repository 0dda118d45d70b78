package io.keycask.kms.spi;

import io.keycask.kms.KeySpec;
import io.keycask.kms.SecretBytes;
import java.util.Set;

/**
 * Holds the material of customer master keys and computes with it, where nobody else can.
 *
 * <p>The application builds a provider and hands it to the engine, which closes it. A provider knows nothing about
 * aliases, states, policies, the store or the audit: caching, retry, limits and every byte format that outlives the
 * process belong to the engine. It is thread-safe and throws only {@link io.keycask.kms.KmsException}s, mostly {@link
 * io.keycask.kms.ProviderException}; no message holds a byte of a secret.
 *
 * <p>What is not declared by {@link #capabilities()} is refused with a {@link io.keycask.kms.KeyUsageException}. The
 * abstract test {@code KeyProviderContract} in the test jar of this module checks all of this; every provider should run
 * it. Optional powers are interfaces of their own: {@link KeyImporting}, {@link KeyPairs}, {@link
 * PublicKeySealing}, {@link Resealing}.
 */
public interface KeyProvider extends AutoCloseable {
    /** The longest plaintext of {@link #encrypt}. */
    int MAX_PLAINTEXT_BYTES = 4_096;

    /** The most bytes of one call of {@link #random}. */
    int MAX_RANDOM_BYTES = 1_024;

    /** The longest secret of {@link #sealState}. */
    int MAX_STATE_BYTES = 256;

    /**
     * Returns the name that keys of this provider carry in their metadata: 1 to 32 lower-case letters, digits and
     * hyphens. It must never change for one set of keys.
     */
    String name();

    /** Returns what this provider can do; the same set during its whole life. */
    Set<Capability> capabilities();

    /**
     * Makes the material of a version of a symmetric key.
     *
     * <p>Idempotent by id where the material lives outside of the handle: a second call for the same id returns the
     * material of the first. Where the handle is the (sealed) material, each call makes a new one, and the engine keeps
     * one of them.
     *
     * @return the handle, which the engine stores and gives back with every later call
     */
    KeyHandle create(KeySpec spec, KeyVersionRef version);

    /**
     * Makes a key version of existing material.
     *
     * @param material in the form that the spec defines: the 32 bytes of an AES-256 key, the 16 bytes
     *     of an SM4 key; read during the call only
     * @throws io.keycask.kms.InvalidRequestException if the material has another form
     */
    KeyHandle importKey(KeySpec spec, KeyVersionRef version, SecretBytes material);

    /** Destroys the material of a key version. Idempotent; also the answer for a handle that was never completed. */
    void destroy(KeyHandle key);

    /**
     * Encrypts a small secret. The provider chooses the nonce, and never the same one twice for one key version.
     *
     * @param plaintext 0 to {@value #MAX_PLAINTEXT_BYTES} bytes
     * @param aad authenticated with it
     */
    Sealed encrypt(KeyHandle key, byte[] plaintext, byte[] aad);

    /**
     * Decrypts what {@link #encrypt} made.
     *
     * @return the plaintext, which the caller has to close
     * @throws io.keycask.kms.DecryptionException if the ciphertext or the associated data was altered, the key is
     *     another, or the suite or the length is none that {@code encrypt} makes with this key
     */
    SecretBytes decrypt(KeyHandle key, Sealed sealed, byte[] aad);

    /**
     * Returns random bytes of the provider's random number generator.
     *
     * @param sizeBytes 1 to {@value #MAX_RANDOM_BYTES}
     * @return the bytes, which the caller has to close
     */
    SecretBytes random(int sizeBytes);

    /**
     * Seals a secret of the engine that is tied to no key, and creates what is needed for that (a root key, say) if
     * there is nothing yet.
     *
     * @param purpose authenticated with it
     * @param secret 0 to {@value #MAX_STATE_BYTES} bytes
     * @return bytes that the engine stores
     */
    byte[] sealState(String purpose, SecretBytes secret);

    /**
     * Opens what {@link #sealState} made. It creates nothing.
     *
     * @return the secret, which the caller has to close
     * @throws io.keycask.kms.ProviderException with a message that says so if the root key is missing or another, or if
     *     the bytes were altered or sealed for another purpose
     */
    SecretBytes unsealState(String purpose, byte[] sealed);

    /** Returns whether the provider can work now; the answer may take one round trip to a device. */
    Health health();

    /** Ends the provider and wipes what it holds in memory. Idempotent. */
    @Override
    void close();
}
