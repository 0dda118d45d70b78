package io.keycask.kms.core.internal.datakey;

import java.time.Duration;

/**
 * How many data keys are kept, and how long and how much each of them serves.
 *
 * @param maxEntries the most data keys for encryption, and again for decryption; 0 if none is kept
 * @param maxAge how long a data key serves after it came in
 * @param maxMessages the most messages that are encrypted under one data key
 * @param maxBytes the most bytes of plaintext that are encrypted under one data key
 */
public record DataKeyLimits(int maxEntries, Duration maxAge, long maxMessages, long maxBytes) {
    /** No data key serves twice. */
    public static final DataKeyLimits NONE = new DataKeyLimits(0, Duration.ZERO, 1, 0);
}
