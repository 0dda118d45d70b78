package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The cipher of the pieces of one message: frame {@code i} from array and offset to array and offset, and no more.
 *
 * <p>Frames are independent of each other, so that several of these, one per thread, may work on one message. It
 * allocates nothing per frame itself. The associated data of a piece is {@code message id || label || sequence number
 * (4) || plaintext length (8)}, where the label tells regular frames, the final frame and an unframed body apart
 * (docs/formats.md §4.3). Belongs to one thread at a time.
 */
final class FrameCipher implements AutoCloseable {
    private static final byte[] REGULAR_LABEL = "AWSKMSEncryptionClient Frame".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FINAL_LABEL = "AWSKMSEncryptionClient Final Frame".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNFRAMED_LABEL = "AWSKMSEncryptionClient Single Block".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HEADER_NONCE = new byte[FrameAead.NONCE_BYTES];
    private static final byte[] NOTHING = new byte[0];

    private final FrameAead aead;
    private final byte[] messageId;
    private final byte[] regularAad;
    private final byte[] finalAad;
    private final byte[] nonce = new byte[FrameAead.NONCE_BYTES];

    FrameCipher(FrameAead aead, byte[] messageId) {
        this.aead = aead;
        this.messageId = messageId;
        this.regularAad = aad(messageId, REGULAR_LABEL);
        this.finalAad = aad(messageId, FINAL_LABEL);
    }

    /** Returns a cipher of the same message for another thread, which has to close it. */
    FrameCipher fork() {
        return new FrameCipher(aead.fork(), messageId);
    }

    private static byte[] aad(byte[] messageId, byte[] label) {
        byte[] aad = Arrays.copyOf(messageId, messageId.length + label.length + Integer.BYTES + Long.BYTES);
        System.arraycopy(label, 0, aad, messageId.length, label.length);
        return aad;
    }

    private static byte[] complete(byte[] aad, long sequence, int length) {
        BigEndian.putInt(aad, aad.length - Long.BYTES - Integer.BYTES, (int) sequence);
        BigEndian.putLong(aad, aad.length - Long.BYTES, length);
        return aad;
    }

    /** Writes the tag over the header. ENV-13: once for a message, because the nonce is always zero. */
    void sealHeader(byte[] header, byte[] out, int outOffset) {
        aead.seal(HEADER_NONCE, header, NOTHING, 0, 0, out, outOffset);
    }

    /** Verifies the tag over the header. */
    void openHeader(byte[] header, byte[] tag) {
        aead.open(HEADER_NONCE, header, tag, 0, 0, new byte[0], 0);
    }

    /** Writes a regular frame and returns its length. In place, the plaintext stands where the ciphertext will. */
    int sealRegular(long sequence, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        BigEndian.putInt(out, outOffset, (int) sequence);
        int content = outOffset + FrameLayout.REGULAR_PREFIX_BYTES;
        putNonce(sequence, out, outOffset + Integer.BYTES);
        aead.seal(nonce, complete(regularAad, sequence, length), in, inOffset, length, out, content);
        return FrameLayout.REGULAR_PREFIX_BYTES + length + FrameAead.TAG_BYTES;
    }

    /** Writes the final frame and returns its length. */
    int sealFinal(long sequence, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        BigEndian.putInt(out, outOffset, FrameLayout.FINAL_MARKER);
        BigEndian.putInt(out, outOffset + Integer.BYTES, (int) sequence);
        putNonce(sequence, out, outOffset + 2 * Integer.BYTES);
        int content = outOffset + FrameLayout.FINAL_PREFIX_BYTES;
        BigEndian.putInt(out, content - Integer.BYTES, length);
        aead.seal(nonce, complete(finalAad, sequence, length), in, inOffset, length, out, content);
        return FrameLayout.FINAL_PREFIX_BYTES + length + FrameAead.TAG_BYTES;
    }

    // ENV-16: the nonce of a frame is its sequence number, which never repeats in a message and is never the header's
    // zero.
    private void putNonce(long sequence, byte[] out, int outOffset) {
        if (sequence < 1 || sequence > FrameLayout.MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence number " + sequence);
        }
        Arrays.fill(nonce, (byte) 0);
        BigEndian.putInt(nonce, FrameAead.NONCE_BYTES - Integer.BYTES, (int) sequence);
        System.arraycopy(nonce, 0, out, outOffset, FrameAead.NONCE_BYTES);
    }

    /**
     * Decrypts the content of a regular frame.
     *
     * @param nonceOffset where in {@code in} the nonce stands: foreign writers may choose it (ENV-16)
     * @param inOffset where in {@code in} the ciphertext starts, which its tag follows
     * @throws DecryptionException if the tag is wrong; then the output is wiped
     */
    void openRegular(long sequence, byte[] in, int nonceOffset, int inOffset, int length, byte[] out, int outOffset) {
        open(complete(regularAad, sequence, length), in, nonceOffset, inOffset, length, out, outOffset);
    }

    /** Decrypts the content of the final frame; otherwise as {@link #openRegular}. */
    void openFinal(long sequence, byte[] in, int nonceOffset, int inOffset, int length, byte[] out, int outOffset) {
        open(complete(finalAad, sequence, length), in, nonceOffset, inOffset, length, out, outOffset);
    }

    /** Decrypts an unframed body; otherwise as {@link #openRegular}. */
    void openUnframed(byte[] in, int nonceOffset, int inOffset, int length, byte[] out, int outOffset) {
        open(complete(aad(messageId, UNFRAMED_LABEL), 1, length), in, nonceOffset, inOffset, length, out, outOffset);
    }

    private void open(byte[] aad, byte[] in, int nonceOffset, int inOffset, int length, byte[] out, int outOffset) {
        System.arraycopy(in, nonceOffset, nonce, 0, FrameAead.NONCE_BYTES);
        boolean verified = false;
        try {
            aead.open(nonce, aad, in, inOffset, length, out, outOffset);
            verified = true;
        } finally {
            if (!verified) {
                Arrays.fill(out, outOffset, outOffset + length, (byte) 0);
            }
        }
    }

    /** Wipes the key of the message. Idempotent. */
    @Override
    public void close() {
        aead.close();
    }
}
