package io.keycask.kms;

/** The key is made for another use, or no provider offers what was asked; use another key. */
public final class KeyUsageException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A failure with this code and message. */
    public KeyUsageException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
