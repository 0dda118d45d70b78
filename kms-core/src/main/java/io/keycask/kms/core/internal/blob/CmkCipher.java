package io.keycask.kms.core.internal.blob;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;

/** Encrypts small secrets under customer master keys, inside their providers. Thread-safe. */
public final class CmkCipher {
    private final Providers providers;
    private final VersionUsage usage;

    /** A cipher over these providers, which counts in this store within these limits. */
    public CmkCipher(Providers providers, Store store, UsageLimits limits) {
        this.providers = providers;
        this.usage = new VersionUsage(store, limits);
    }

    /** Returns the handle of the version that encrypts. */
    KeyHandle current(LiveKey key) {
        return key.current()
                .orElseThrow(() -> ProviderException.permanent(
                        "key " + key.record().id() + " has no version to encrypt under", null));
    }

    /**
     * Encrypts under the current version of the key.
     *
     * @throws LimitExceededException if that version may not encrypt any more
     */
    public Ciphertext encrypt(LiveKey key, byte[] plaintext, EncryptionContext context) {
        KeyHandle handle = current(key);
        KeyVersionRef version = new KeyVersionRef(
                key.record().id(), key.record().currentVersion().orElseThrow());
        String provider = key.record().provider();
        if (providers.offers(provider, key.record().spec(), CiphertextSuite.AES_256_GCM)) {
            usage.take(version); // BLOB-9: before the provider draws the nonce
        }
        Sealed sealed =
                providers.get(provider).encrypt(handle, plaintext, CiphertextBlob.associatedData(version, context));
        if (!providers.offers(provider, key.record().spec(), sealed.suite())) {
            throw ProviderException.permanent(
                    "provider '" + provider + "' encrypted with " + sealed.suite() + ", which it does not declare",
                    null);
        }
        return new CiphertextBlob(version, sealed).toCiphertext();
    }

    /**
     * Decrypts what is under a version of the key.
     *
     * @return the plaintext, which the caller has to close
     * @throws DecryptionException if the key has no such version, or the ciphertext or the context is not authentic
     */
    public SecretBytes decrypt(LiveKey key, CiphertextBlob blob, EncryptionContext context) {
        KeyHandle handle = key.version(blob.version().versionId()).orElseThrow(DecryptionException::new);
        String provider = key.record().provider();
        if (!providers.offers(provider, key.record().spec(), blob.sealed().suite())) {
            throw new DecryptionException();
        }
        return providers
                .get(provider)
                .decrypt(handle, blob.sealed(), CiphertextBlob.associatedData(blob.version(), context));
    }
}
