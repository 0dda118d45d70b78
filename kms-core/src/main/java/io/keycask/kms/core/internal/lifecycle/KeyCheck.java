package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KmsException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.asymmetric.PairCheck;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads every key of a store and lets the providers work with every version of it. Changes nothing. */
public final class KeyCheck {
    private static final int PAGE = 1_000;
    private static final byte[] PURPOSE = "keycask/check/v1".getBytes(StandardCharsets.US_ASCII);

    private final Store store;
    private final Providers providers;
    private final PairCheck pairs;

    /** A check of this store. */
    public KeyCheck(Store store, Providers providers) {
        this.store = store;
        this.providers = providers;
        this.pairs = new PairCheck(providers);
    }

    /** Takes what a check finds. */
    public interface Findings {
        /** A key was looked at. */
        void key();

        /** A version was opened. */
        void version();

        /** A key, or one of its versions, cannot be used. */
        void problem(KeyId key, String reason);
    }

    /**
     * Checks all keys.
     *
     * @throws StoreException if the store is away
     */
    public void run(Findings findings) {
        List<KeyId> page = store.idsAfter("", PAGE);
        while (!page.isEmpty()) {
            page.forEach(id -> check(id, findings));
            page = store.idsAfter(page.get(page.size() - 1).toString(), PAGE);
        }
    }

    private void check(KeyId id, Findings findings) {
        Optional<KeyRecord> key;
        try {
            key = store.key(id);
        } catch (StoreException e) {
            if (e.isRetryable()) {
                throw e;
            }
            findings.key();
            findings.problem(id, String.valueOf(e.getMessage()));
            return;
        }
        if (key.isPresent()) { // else it was deleted a moment ago
            findings.key();
            for (KeyVersionRecord version : key.get().versions()) {
                if (version.isReady()) {
                    check(key.get(), version, findings);
                }
            }
        }
    }

    private void check(KeyRecord key, KeyVersionRecord version, Findings findings) {
        try {
            KeyHandle handle = LiveKey.handle(key, version);
            if (key.usage() == KeyUsage.ENCRYPT_DECRYPT) {
                open(providers.get(key.provider()), handle);
            } else {
                pairs.use(key, handle);
            }
            findings.version();
        } catch (KmsException e) {
            findings.problem(key.id(), "version " + version.id() + ": " + e.getMessage());
        }
    }

    /** Lets the provider encrypt nothing and decrypt it again. */
    private static void open(KeyProvider provider, KeyHandle handle) {
        try (SecretBytes nothing = provider.decrypt(handle, provider.encrypt(handle, new byte[0], PURPOSE), PURPOSE)) {
            if (nothing.size() != 0) {
                throw new IllegalStateException("provider '" + provider.name() + "' decrypts to something else");
            }
        }
    }
}
