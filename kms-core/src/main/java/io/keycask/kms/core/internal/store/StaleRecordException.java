package io.keycask.kms.core.internal.store;

import org.jspecify.annotations.Nullable;

/** Another transaction came first; {@link Retry} runs the work again. Never leaves the store. */
final class StaleRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleRecordException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
