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
        this(ErrorCode.INVALID_CIPHERTEXT);
    }

    private DecryptionException(ErrorCode code) {
        super(code, "cannot decrypt: the data was altered, or belongs to another key or encryption context", null);
    }

    /** A rejection of what was encrypted with a public key: {@link ErrorCode#DECRYPT_ERROR}. */
    public static DecryptionException ofKeyPair() {
        return new DecryptionException(ErrorCode.DECRYPT_ERROR);
    }
}
