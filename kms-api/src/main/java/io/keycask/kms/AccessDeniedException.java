package io.keycask.kms;

/**
 * The caller may not do this; ask for a permission.
 *
 * <p>Who may not use a key learns nothing about it, not even whether it exists, so this is also the answer for a key
 * that the caller could not have used anyway.
 */
public final class AccessDeniedException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A refusal with this message. */
    public AccessDeniedException(String message) {
        super(ErrorCode.UNAUTHORIZED_OPERATION, message, null);
    }
}
