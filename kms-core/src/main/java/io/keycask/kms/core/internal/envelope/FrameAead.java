package io.keycask.kms.core.internal.envelope;

/**
 * Authenticated encryption under the key of one message; belongs to one thread at a time.
 *
 * <p>Input and output may be the same array at the same offset. A nonce must not be used twice for sealing.
 */
interface FrameAead extends AutoCloseable {
    /** The length of a nonce. */
    int NONCE_BYTES = 12;

    /** The length of a tag. */
    int TAG_BYTES = 16;

    /** Encrypts {@code length} bytes of {@code in} and writes them, followed by the tag, to {@code out}. */
    void seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /**
     * Decrypts {@code length} bytes of {@code in} that are followed by their tag, and writes them to {@code out}.
     *
     * @throws io.keycask.kms.DecryptionException if the tag is wrong; what was written is for the caller to wipe then
     */
    void open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /** Returns a cipher with the same key for another thread, which has to close it. */
    FrameAead fork();

    /** Wipes the key, as far as the implementation can. Idempotent. */
    @Override
    void close();
}
