package io.keycask.kms;

/** What a batch operation did to one of its keys. */
public sealed interface KeyOutcome {
    /** Returns the key. */
    KeyId id();

    /** Returns whether the operation succeeded for this key. */
    default boolean isChanged() {
        return this instanceof Changed;
    }

    /**
     * The operation succeeded.
     *
     * @param id the key
     * @param metadata the key as it is now
     */
    record Changed(KeyId id, KeyMetadata metadata) implements KeyOutcome {}

    /**
     * The operation failed for this key and changed nothing about it.
     *
     * @param id the key
     * @param cause why
     */
    record Failed(KeyId id, KmsException cause) implements KeyOutcome {}
}
