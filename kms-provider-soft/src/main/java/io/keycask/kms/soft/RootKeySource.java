package io.keycask.kms.soft;

import java.util.Optional;

/**
 * Where the 32 bytes of a root key come from. {@code toString} says where, for messages, without a secret.
 *
 * <p>Used by one thread at a time. Failures are permanent {@link io.keycask.kms.ProviderException}s.
 */
interface RootKeySource extends AutoCloseable {
    /**
     * Returns the root key, which the caller has to wipe; empty if it does not exist yet and would have to be created.
     */
    Optional<byte[]> find();

    /** Returns the root key, which the caller has to wipe, and creates it durably if it does not exist yet. */
    byte[] findOrCreate();

    /** Wipes what the source holds. Idempotent. */
    @Override
    void close();
}
