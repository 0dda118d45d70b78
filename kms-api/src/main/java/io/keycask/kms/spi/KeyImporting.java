package io.keycask.kms.spi;

import io.keycask.kms.KeySpec;
import io.keycask.kms.SecretBytes;
import java.util.UUID;

/**
 * The power of a provider to take in material that somebody encrypted to one of its public keys, so that the engine never
 * sees it, and an HSM need not let it out.
 *
 * <p>The specs are those that the provider declares with {@link Capability#importing}.
 */
public interface KeyImporting {
    /** The length of the key that {@link #importWrapped} recognizes material with. */
    int RECOGNITION_KEY_BYTES = 32;

    /**
     * Makes an RSA key pair of 2,048 bits that serves to take in material and nothing else. Idempotent by id where the
     * private key lives outside of the handle.
     *
     * @param id a random id
     */
    WrappingKeyPair createWrappingKey(UUID id);

    /** Destroys the private key. Idempotent. */
    void destroyWrappingKey(WrappingKeyHandle key);

    /**
     * Decrypts material and makes a key version of it, as {@link KeyProvider#importKey} does.
     *
     * <p>So that the engine can tell whether two imports brought the same material, the provider returns a recognition
     * value: 32 bytes that depend on the material and the recognition key only, and betray neither. That is HMAC-SHA256 of the
     * material under the recognition key; a device that cannot feed a key into a MAC takes HMAC-SHA256 of the recognition key
     * under the material. Values are only compared with those of the same provider and recognition key.
     *
     * @param recognitionKey {@value #RECOGNITION_KEY_BYTES} bytes, the same for every import into one key and others for
     *     every other key
     * @throws io.keycask.kms.InvalidRequestException with {@link io.keycask.kms.ErrorCode#DECRYPT_MATERIAL_ERROR} and one
     *     message for every cause, if what comes out is not material of the right length; then nothing was made
     */
    ImportedKey importWrapped(KeySpec spec, KeyVersionRef version, WrappedMaterial wrapped, SecretBytes recognitionKey);
}
