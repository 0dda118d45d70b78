package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.WrappingAlgorithm;

/** Material that somebody encrypted to a wrapping key. Immutable. */
public final class WrappedMaterial {
    private final WrappingKeyHandle key;
    private final WrappingAlgorithm algorithm;
    private final byte[] bytes;

    private WrappedMaterial(WrappingKeyHandle key, WrappingAlgorithm algorithm, byte[] bytes) {
        this.key = requireNonNull(key, "key");
        this.algorithm = requireNonNull(algorithm, "algorithm");
        this.bytes = bytes;
    }

    /** Returns material in this form; whether it is any shows only when it is decrypted. */
    public static WrappedMaterial of(WrappingKeyHandle key, WrappingAlgorithm algorithm, byte[] bytes) {
        return new WrappedMaterial(key, algorithm, bytes.clone());
    }

    /** Returns the handle of the private key. */
    public WrappingKeyHandle key() {
        return key;
    }

    /** Returns how it is encrypted. */
    public WrappingAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns the ciphertext. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "WrappedMaterial[" + algorithm + ", " + bytes.length + " bytes]";
    }
}
