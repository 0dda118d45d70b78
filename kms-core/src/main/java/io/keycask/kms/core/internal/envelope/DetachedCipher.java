package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DetachedEnvelope;
import java.util.concurrent.Executor;

/** The cipher of messages under one detached data key, which ends when this or another cipher of it is closed. */
final class DetachedCipher extends MessageCipher implements DetachedEnvelope {
    private final MessageSealer sealer;
    private final DetachedKey key;

    DetachedCipher(MessageSealer sealer, DetachedKey key, Parallelism parallelism) {
        super(sealer.with(key.suite()), key, key, parallelism);
        this.sealer = sealer;
        this.key = key;
    }

    @Override
    public DetachedEnvelope inParallel(Executor executor, int threads) {
        return new DetachedCipher(sealer, key, Parallelism.of(executor, threads));
    }

    @Override
    public DetachedEnvelope inParallel(int threads) {
        return new DetachedCipher(sealer, key, Parallelism.of(threads));
    }

    @Override
    public void close() {
        key.close();
    }
}
