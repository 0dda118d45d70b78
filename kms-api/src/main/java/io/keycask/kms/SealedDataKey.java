package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * A data key encrypted twice: to the public key of somebody who is to use it, and under a customer master key.
 *
 * <p>Immutable.
 */
public final class SealedDataKey {
    private final KeyId keyId;
    private final byte[] sealed;
    private final Ciphertext wrapped;

    private SealedDataKey(KeyId keyId, byte[] sealed, Ciphertext wrapped) {
        this.keyId = requireNonNull(keyId, "keyId");
        this.sealed = sealed;
        this.wrapped = requireNonNull(wrapped, "wrapped");
    }

    /** Returns the data key of these parts; for Keycask and for tests. */
    public static SealedDataKey of(KeyId keyId, byte[] sealed, Ciphertext wrapped) {
        return new SealedDataKey(keyId, sealed.clone(), wrapped);
    }

    /** Returns the customer master key that wraps the data key. */
    public KeyId keyId() {
        return keyId;
    }

    /** Returns the data key encrypted to the public key; its private key opens it. */
    public byte[] sealed() {
        return sealed.clone();
    }

    /** Returns the data key wrapped under the customer master key: {@link SymmetricCmk#decryptDataKey} opens it. */
    public Ciphertext wrapped() {
        return wrapped;
    }

    @Override
    public String toString() {
        return "SealedDataKey[" + sealed.length + " bytes under " + keyId + "]";
    }
}
