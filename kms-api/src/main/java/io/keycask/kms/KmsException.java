package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller can do something about; the subclass says what.
 *
 * <p>The list of subclasses is closed. No message holds a byte of a secret.
 */
public abstract class KmsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    KmsException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code");
    }

    /** Returns the documented error code of the operation that failed. */
    public ErrorCode code() {
        return code;
    }

    /** Returns whether the same call may succeed later without a change to the request. */
    public boolean isRetryable() {
        return false;
    }
}
