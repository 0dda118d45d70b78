package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyPairs;

/** Says whether the provider of a key pair can use it. What is computed for that is not shown to anybody. */
public final class PairCheck {
    private final Providers providers;

    /** A check by these providers. */
    public PairCheck(Providers providers) {
        this.providers = providers;
    }

    /**
     * Lets the provider use the private key, by each algorithm that it offers for it.
     *
     * @throws io.keycask.kms.KmsException if it cannot, or the public key is that of another pair
     */
    public void use(KeyMetadata key, KeyHandle handle) {
        KeyPairs pairs = providers.keyPairs(key.provider());
        PublicHalf half = PublicHalf.parse(handle.spec(), pairs.publicKey(handle))
                .orElseThrow(() -> unusable(key, "returns no public key"));
        for (String algorithm : providers.algorithms(key)) {
            if (key.usage() == KeyUsage.ASYMMETRIC_SIGN_VERIFY) {
                SignatureAlgorithm signature = SignatureAlgorithm.of(algorithm);
                SignatureScheme scheme =
                        SignatureScheme.of(signature, half).orElseThrow(() -> unusable(key, "offers " + algorithm));
                byte[] digest = new byte[scheme.digestBytes()];
                if (!scheme.verify(digest, scheme.encode(pairs.sign(handle, signature, digest)))) {
                    throw unusable(key, "signs with another key");
                }
            } else {
                decryptNothing(pairs, handle, DecryptionAlgorithm.of(algorithm));
            }
        }
    }

    /** A ciphertext that is none is refused by a provider that has the key, and in another way by one that has not. */
    private static void decryptNothing(KeyPairs pairs, KeyHandle handle, DecryptionAlgorithm algorithm) {
        int length = RsaKey.sizeBytes(handle.spec()).orElse(Sm2Ciphertext.HEAD_BYTES + 1);
        try {
            pairs.decryptWithPair(handle, algorithm, new byte[length]).close();
        } catch (DecryptionException expected) {
            // the provider has the key
        }
    }

    private static ProviderException unusable(KeyMetadata key, String how) {
        return ProviderException.permanent("provider '" + key.provider() + "' " + how, null);
    }
}
