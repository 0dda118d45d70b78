package io.keycask.kms.spi;

/**
 * The power of a provider to seal again what it sealed under an earlier root key.
 *
 * <p>A provider that has it opens what either root key sealed and seals under the newer one only. The engine walks over
 * all key versions, in any number of runs, until nothing is under the earlier one.
 */
public interface Resealing {
    /** Returns whether the token of this key version is sealed under the newest root key. */
    boolean isCurrent(KeyHandle key);

    /** Returns the handle of the same material, sealed under the newest root key. */
    KeyHandle reseal(KeyHandle key);

    /** Returns whether this sealed state is sealed under the newest root key. */
    boolean isCurrentState(byte[] sealed);
}
