package io.keycask.kms.core.internal.store;

import io.keycask.kms.SecretBytes;

/** What seals the store key: one provider's {@code sealState} and {@code unsealState}, seen from the store. */
public interface StoreAnchor {
    /** Returns the name of the provider, which the store remembers beside the sealed key. */
    String provider();

    byte[] seal(String purpose, SecretBytes secret);

    /** Opens what {@link #seal} made; a {@code ProviderException} says that the root key is missing or another. */
    SecretBytes unseal(String purpose, byte[] sealed);

    /** Returns whether this is sealed under the newest root key; a provider that cannot tell has one root key only. */
    default boolean isCurrent(byte[] sealed) {
        return true;
    }

    /** Returns the anchor of the provider of this name, if the application gave it; this one otherwise. */
    default StoreAnchor of(String providerName) {
        return this;
    }
}
