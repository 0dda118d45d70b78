package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.ProviderException;
import io.keycask.kms.PublicKey;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of key pairs, remembered so that the provider is asked once only.
 *
 * <p>A public key never changes, and the state of its key is asked before it is looked for here, so nothing has to be
 * forgotten in time. At most {@value #MAX_ENTRIES} are remembered. Thread-safe.
 */
public final class PublicKeys {
    private static final int MAX_ENTRIES = 1_024;

    private final ConcurrentHashMap<KeyVersionRef, Known> entries = new ConcurrentHashMap<>();
    private final Providers providers;

    /** Public keys of these providers. */
    public PublicKeys(Providers providers) {
        this.providers = providers;
    }

    /** A public key as callers see it, and checked. */
    record Known(PublicKey encoded, PublicHalf half) {}

    Known of(LiveKey key) {
        KeyHandle handle = handle(key);
        Known known = entries.get(handle.version());
        if (known != null) {
            return known;
        }
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
        Known answer = ask(key.record().provider(), handle);
        entries.put(handle.version(), answer);
        return answer;
    }

    private Known ask(String provider, KeyHandle handle) {
        byte[] der = providers.keyPairs(provider).publicKey(handle);
        PublicHalf half = PublicHalf.parse(handle.spec(), der)
                .orElseThrow(() -> ProviderException.permanent(
                        "provider '" + provider + "' returned for " + handle.version() + " what is no public key of "
                                + handle.spec(),
                        null));
        return new Known(PublicKey.copyOf(der), half);
    }

    static KeyHandle handle(LiveKey key) {
        return key.current()
                .orElseThrow(
                        () -> ProviderException.permanent("key " + key.record().id() + " has no key pair", null));
    }
}
