package io.keycask.kms;

/** A part of the request is not valid; the message says what was expected and what was found. */
public final class InvalidRequestException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A failure with this code and message. */
    public InvalidRequestException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
