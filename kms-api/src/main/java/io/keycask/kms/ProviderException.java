package io.keycask.kms;

import org.jspecify.annotations.Nullable;

/**
 * A key provider is away or reports a fault: an HSM is out of reach, a root key is missing or wrong.
 *
 * <p>{@link #isRetryable()} says whether waiting may help; otherwise somebody has to look.
 */
public final class ProviderException extends KmsException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private ProviderException(String message, boolean retryable, @Nullable Throwable cause) {
        super(ErrorCode.INTERNAL_ERROR, message, cause);
        this.retryable = retryable;
    }

    /** A fault that may pass by itself: the same call may succeed later. */
    public static ProviderException retryable(String message, @Nullable Throwable cause) {
        return new ProviderException(message, true, cause);
    }

    /** A fault that stays until somebody removes its cause. */
    public static ProviderException permanent(String message, @Nullable Throwable cause) {
        return new ProviderException(message, false, cause);
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
