package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.Kms;
import io.keycask.kms.core.internal.operation.Details;
import java.util.HashSet;
import java.util.List;

/** What is asked of a list of keys before anything is done with one of them. */
final class Batches {
    private Batches() {}

    /** Refuses a batch that is too long, or names a key twice. */
    static void require(List<KeyId> batch, Details details) {
        details.note("keys", batch.size());
        if (batch.size() > Kms.MAX_BATCH) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER, "batch has " + batch.size() + " keys; limit is " + Kms.MAX_BATCH);
        }
        if (new HashSet<>(batch).size() < batch.size()) {
            throw new InvalidRequestException(ErrorCode.DUPLICATED_KEY_ID, "batch names a key twice");
        }
    }
}
