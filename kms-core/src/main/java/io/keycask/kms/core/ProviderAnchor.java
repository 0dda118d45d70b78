package io.keycask.kms.core;

import io.keycask.kms.SecretBytes;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.Resealing;

/** Seals the store key by a provider. */
record ProviderAnchor(KeyProvider keyProvider) implements StoreAnchor {
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
}
