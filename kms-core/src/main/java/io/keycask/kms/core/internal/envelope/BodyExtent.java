package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;

/**
 * Where the parts of a message in memory are, found by walking over its frames before any key is used.
 *
 * @param start where the body starts
 * @param regularFrames how many regular frames there are
 * @param lastOffset where the final frame, or the unframed body, starts
 * @param lastLength how many bytes of plaintext that holds
 * @param plaintextBytes how many bytes of plaintext the whole message holds
 * @param end where the body ends; the footer of a signed message starts there
 */
record BodyExtent(int start, int regularFrames, int lastOffset, int lastLength, int plaintextBytes, int end) {
    /** What stands before the ciphertext of an unframed body: nonce, 64-bit length. */
    static final int UNFRAMED_PREFIX_BYTES = FrameAead.NONCE_BYTES + Long.BYTES;

    /** The longest unframed body that we read (ENV-7). */
    static final int MAX_UNFRAMED_BYTES = 64 * 1024 * 1024;

    /**
     * Returns the extent of the body of a message, which is between these offsets of the array.
     *
     * @throws DecryptionException if the frames do not follow each other as they must, or bytes are missing or left over
     */
    static BodyExtent of(MessageHeader header, byte[] message, int start, int end) {
        BodyExtent extent = header.isFramed() ? framed(header, message, start, end) : unframed(message, start, end);
        require(header.suite().isSigned() ? extent.end < end : extent.end == end); // ENV-20
        return extent;
    }

    private static BodyExtent framed(MessageHeader header, byte[] message, int start, int end) {
        FrameLayout layout = new FrameLayout(header.frameLength());
        int at = start;
        int frames = 0;
        while (true) {
            require(end - at >= Integer.BYTES);
            int sequence = BigEndian.signedInt(message, at);
            if (sequence == FrameLayout.FINAL_MARKER) {
                break;
            }
            require(sequence == frames + 1 && end - at >= layout.regularFrameBytes()); // ENV-17
            frames++;
            at += layout.regularFrameBytes();
        }
        require(end - at >= FrameLayout.FINAL_PREFIX_BYTES + FrameAead.TAG_BYTES);
        require(BigEndian.signedInt(message, at + Integer.BYTES) == frames + 1); // ENV-17
        long length = BigEndian.unsignedInt(message, at + FrameLayout.FINAL_PREFIX_BYTES - Integer.BYTES);
        require(length <= header.frameLength()); // ENV-18
        int lastEnd = lastEnd(at + FrameLayout.FINAL_PREFIX_BYTES, length, end);
        int plaintextBytes = frames * header.frameLength() + (int) length;
        return new BodyExtent(start, frames, at, (int) length, plaintextBytes, lastEnd);
    }

    private static BodyExtent unframed(byte[] message, int start, int end) {
        require(end - start >= UNFRAMED_PREFIX_BYTES + FrameAead.TAG_BYTES);
        long length = BigEndian.signedLong(message, start + FrameAead.NONCE_BYTES);
        require(length >= 0 && length <= MAX_UNFRAMED_BYTES); // ENV-7
        int lastEnd = lastEnd(start + UNFRAMED_PREFIX_BYTES, length, end);
        return new BodyExtent(start, 0, start, (int) length, (int) length, lastEnd);
    }

    private static int lastEnd(int content, long length, int end) {
        require(length <= end - content - FrameAead.TAG_BYTES);
        return content + (int) length + FrameAead.TAG_BYTES;
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new DecryptionException();
        }
    }
}
