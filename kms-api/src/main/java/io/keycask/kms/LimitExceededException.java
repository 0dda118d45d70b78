package io.keycask.kms;

/** A documented limit is reached; the message names it. */
public final class LimitExceededException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A failure with this code and message. */
    public LimitExceededException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
