package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.PublicKeySealing;

/** Encrypts plaintext answers to public keys of callers. Thread-safe. */
public final class SealedAnswers {
    private final Providers providers;

    /** Answers sealed by these providers. */
    public SealedAnswers(Providers providers) {
        this.providers = providers;
    }

    /**
     * Returns the plaintext, encrypted by the provider of the key to a public key.
     *
     * @throws InvalidRequestException with {@link ErrorCode#ENCRYPTION_ERROR} if the public key or the algorithm is none
     *     to encrypt so
     * @throws KeyUsageException if the provider has not this power
     */
    public byte[] seal(LiveKey key, PublicKey publicKey, DecryptionAlgorithm algorithm, SecretBytes plaintext) {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)) {
            throw new InvalidRequestException(ErrorCode.ENCRYPTION_ERROR, "answers are not sealed with " + algorithm);
        }
        String provider = key.record().provider();
        if (!(providers.get(provider) instanceof PublicKeySealing sealing)) {
            throw new KeyUsageException(
                    ErrorCode.INVALID_KEY_USAGE, "provider '" + provider + "' does not encrypt to public keys");
        }
        byte[] sealed = sealing.sealTo(publicKey.toBytes(), algorithm, plaintext);
        return algorithm.equals(DecryptionAlgorithm.SM2) ? Sm2Ciphertext.encode(sealed) : sealed;
    }
}
