package io.keycask.kms;

import java.util.concurrent.Executor;

/**
 * Encrypts and decrypts messages under one data key that is kept beside the data.
 *
 * <p>To re-key all of its messages, re-encrypt the wrapped data key; no message changes. Until {@link #close()} the data
 * key is in memory, and disabling its customer master key does not take it away. Thread-safe.
 *
 * <p>Messages have the format of {@link EnvelopeDecryptor}; a message under another data key is refused with a {@link
 * DecryptionException}.
 */
public interface DetachedEnvelope extends EnvelopeEncryptor, EnvelopeDecryptor, AutoCloseable {
    /** {@inheritDoc} The data key is shared, and closing either envelope wipes it. */
    @Override
    DetachedEnvelope inParallel(Executor executor, int threads);

    /** {@inheritDoc} The data key is shared, and closing either envelope wipes it. */
    @Override
    DetachedEnvelope inParallel(int threads);

    /** Wipes the data key, after which every call throws {@link IllegalStateException}. Idempotent. */
    @Override
    void close();
}
