package io.keycask.kms.core.internal.store;

/**
 * How far the store and the provider agree about a key. Only a live key exists for callers; the two others are what a
 * crash between a provider's side effect and the commit leaves behind, and maintenance ends them.
 */
public enum KeyPhase {
    CREATING("C"),
    LIVE("L"),
    DESTROYING("D");

    private final String value;

    KeyPhase(String value) {
        this.value = value;
    }

    /** Returns the phase as it stands in the store. */
    public String value() {
        return value;
    }
}
