package io.keycask.kms.soft;

import org.jspecify.annotations.Nullable;

/**
 * An unsealed key pair in the {@link KeyCache}. Thread-safe.
 *
 * <p>Neither the JDK nor Bouncy Castle can wipe the numbers of a private key, so closing lets go of it and leaves the rest to
 * the garbage collector.
 */
final class UnsealedPair implements AutoCloseable {
    private final byte[] publicKey;
    private volatile @Nullable PrivateKeyUse privateKey;

    UnsealedPair(byte[] publicKey, PrivateKeyUse privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Returns the private key.
     *
     * @throws IllegalStateException if the pair is closed
     */
    PrivateKeyUse privateKey() {
        PrivateKeyUse open = privateKey;
        if (open == null) {
            throw new IllegalStateException("the key pair is closed");
        }
        return open;
    }

    @Override
    public void close() {
        privateKey = null;
    }
}
