package io.keycask.kms;

/**
 * The data is rejected: it was altered or cut off, or it belongs to another key or another encryption context.
 *
 * <p>There is one message for all of these, on purpose: a more exact answer would help whoever alters the data.
 */
public final class DecryptionException extends KmsException {
    private static final long serialVersionUID = 1L;

    /** A rejection. */
    public DecryptionException() {
        super(
                ErrorCode.INVALID_CIPHERTEXT,
                "cannot decrypt: the data was altered, or belongs to another key or encryption context",
                null);
    }
}
