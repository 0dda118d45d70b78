package io.keycask.kms.core.internal.store;

import java.time.Instant;

/**
 * A policy as it stands in the store at one row version.
 *
 * @param name identifies it
 * @param rowVersion 0 for one that was never stored
 * @param created when it came to be, in whole milliseconds
 * @param document the JSON text
 */
public record PolicyRecord(String name, long rowVersion, Instant created, String document) {
    /** What the names of policies begin with that stand in no store. */
    public static final String PRESET = "preset/";

    /** Returns this policy with another text. */
    public PolicyRecord document(String text) {
        return new PolicyRecord(name, rowVersion, created, text);
    }
}
