package io.keycask.kms;

/** There is no such key: it never existed, or its deletion is complete. */
public final class KeyNotFoundException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A failure with this message. */
    public KeyNotFoundException(String message) {
        super(ErrorCode.CMK_NOT_FOUND, message, null);
    }
}
