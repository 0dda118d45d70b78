package io.keycask.kms.core;

import io.keycask.kms.SecretBytes;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.Resealing;

/**
 * Seals the store key by a provider.
 *
 * @param keyProvider the one that seals
 * @param all the providers that the application gave; an earlier run may have sealed by another of them
 */
record ProviderAnchor(KeyProvider keyProvider, Providers all) implements StoreAnchor {
    @Override
    public String provider() {
        return keyProvider.name();
    }

    @Override
    public byte[] seal(String purpose, SecretBytes secret) {
        return keyProvider.sealState(purpose, secret);
    }

    @Override
    public SecretBytes unseal(String purpose, byte[] sealed) {
        return keyProvider.unsealState(purpose, sealed);
    }

    @Override
    public boolean isCurrent(byte[] sealed) {
        return !(keyProvider instanceof Resealing resealing) || resealing.isCurrentState(sealed);
    }

    @Override
    public StoreAnchor of(String providerName) {
        return all.find(providerName)
                .<StoreAnchor>map(found -> new ProviderAnchor(found, all))
                .orElse(this);
    }
}
