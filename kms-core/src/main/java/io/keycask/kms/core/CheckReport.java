package io.keycask.kms.core;

import io.keycask.kms.KeyId;
import java.util.List;

/**
 * What {@link EmbeddedKms#check()} found.
 *
 * @param keys keys that were looked at
 * @param versions key versions that were opened by their providers
 * @param problems everything that could not be read or opened
 */
public record CheckReport(long keys, long versions, List<Problem> problems) {
    /** Copies the list. */
    public CheckReport {
        problems = List.copyOf(problems);
    }

    /** Returns whether every key can be opened. */
    public boolean isComplete() {
        return problems.isEmpty();
    }

    /**
     * A key that is damaged, or a version that its provider does not open.
     *
     * @param key the key
     * @param reason which row or version it is, and why
     */
    public record Problem(KeyId key, String reason) {}
}
