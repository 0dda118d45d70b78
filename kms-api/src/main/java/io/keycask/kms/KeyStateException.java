package io.keycask.kms;

/** The state of the key forbids the operation; change the state, or use another key. */
public final class KeyStateException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A failure with this code and message. */
    public KeyStateException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
