package io.keycask.kms;

import org.jspecify.annotations.Nullable;

/**
 * The store is away, is full, or does not pass its integrity check.
 *
 * <p>{@link #isRetryable()} says whether waiting may help; otherwise somebody has to look.
 */
public final class StoreException extends KmsException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private StoreException(String message, boolean retryable, @Nullable Throwable cause) {
        super(ErrorCode.INTERNAL_ERROR, message, cause);
        this.retryable = retryable;
    }

    /** A fault that may pass by itself: the same call may succeed later. */
    public static StoreException retryable(String message, @Nullable Throwable cause) {
        return new StoreException(message, true, cause);
    }

    /** A fault that stays until somebody removes its cause. */
    public static StoreException permanent(String message, @Nullable Throwable cause) {
        return new StoreException(message, false, cause);
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
