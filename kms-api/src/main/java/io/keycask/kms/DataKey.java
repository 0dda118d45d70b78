package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A data key in the clear, together with itself wrapped under a customer master key.
 *
 * <p>Use the clear key for local encryption, store the {@linkplain #wrapped() wrapped} one beside the data, and {@linkplain
 * #close() close} the data key as soon as possible: that wipes the clear bytes. Keycask never stores it. Safe for use by
 * several threads.
 *
 * <p>While a program holds a data key, disabling or deleting the customer master key does not take it away, no permission is asked for,
 * and the audit trail shows that it was handed out, not what is done with it. Where that has to be otherwise, ask for the data
 * key again for each piece of work.
 */
public final class DataKey implements AutoCloseable {
    private final KeyId keyId;
    private final SecretBytes plaintext;
    private final Ciphertext wrapped;

    private DataKey(KeyId keyId, SecretBytes plaintext, Ciphertext wrapped) {
        this.keyId = requireNonNull(keyId, "keyId");
        this.plaintext = requireNonNull(plaintext, "plaintext");
        this.wrapped = requireNonNull(wrapped, "wrapped");
    }

    /**
     * Returns the data key of these parts; for Keycask and for tests.
     *
     * @param keyId the customer master key
     * @param plaintext the clear key, which now belongs to the data key and is closed with it
     * @param wrapped the wrapped key
     */
    public static DataKey of(KeyId keyId, SecretBytes plaintext, Ciphertext wrapped) {
        return new DataKey(keyId, plaintext, wrapped);
    }

    /** Returns the customer master key that wraps this data key. */
    public KeyId keyId() {
        return keyId;
    }

    /** Returns the wrapped key: {@link SymmetricCmk#decryptDataKey} opens it again. */
    public Ciphertext wrapped() {
        return wrapped;
    }

    /** Returns the length of the clear key in bytes. */
    public int size() {
        return plaintext.size();
    }

    /**
     * Lends the clear key to the action and returns its result.
     *
     * @throws IllegalStateException if the data key is closed
     */
    public <T extends @Nullable Object, X extends Exception> T use(SecretBytes.Action<T, X> action) throws X {
        return plaintext.use(action);
    }

    /** Wipes the clear key as soon as its last user is done. Idempotent. */
    @Override
    public void close() {
        plaintext.close();
    }

    @Override
    public String toString() {
        return "DataKey[" + plaintext.size() + " bytes under " + keyId + "]";
    }
}
