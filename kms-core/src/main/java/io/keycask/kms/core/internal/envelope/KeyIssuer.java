package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import java.util.List;

/** Where a new message gets its data key, and the header entries by which others will find it. */
interface KeyIssuer {
    /**
     * Lends a data key for one message to the action, and returns its result.
     *
     * @param plaintextBytes the length of the message, or {@link DataKeySource#UNKNOWN_LENGTH}
     */
    <T> T issue(int keyBytes, EncryptionContext context, long plaintextBytes, Use<T> action);

    /** Returns the length of the header entries of messages of this suite; the longest, if it is not known yet. */
    long entriesBytes(AlgorithmSuite suite);

    /** What is done with an issued data key, which must not be kept. */
    interface Use<T> {
        T apply(byte[] dataKey, List<EncryptedDataKey> entries);
    }
}
