package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;

/**
 * Where the parts of a message in memory are, found by walking over its frames before any key is used.
 *
 * @param regularFrames how many regular frames there are
 * @param lastOffset where the final frame, or the unframed body, starts
 * @param lastLength how many bytes of plaintext that holds
 * @param plaintextBytes how many bytes of plaintext the whole message holds
 * @param end where the body ends; the footer of a signed message starts there
 */
record BodyExtent(int regularFrames, int lastOffset, int lastLength, int plaintextBytes, int end) {
    /** What stands before the ciphertext of an unframed body: nonce, 64-bit length. */
    static final int UNFRAMED_PREFIX_BYTES = FrameAead.NONCE_BYTES + Long.BYTES;

    /** The longest unframed body that we read (ENV-7). */
    static final int MAX_UNFRAMED_BYTES = 64 * 1024 * 1024;

    /**
     * Returns the extent of the body of this message.
     *
     * @throws DecryptionException if the frames do not follow each other as they must, or bytes are missing or left over
     */
    static BodyExtent of(MessageHeader header, byte[] message) {
        BodyExtent extent = header.isFramed() ? framed(header, message) : unframed(header, message);
        require(header.suite().isSigned() ? extent.end < message.length : extent.end == message.length); // ENV-20
        return extent;
    }

    private static BodyExtent framed(MessageHeader header, byte[] message) {
        FrameLayout layout = new FrameLayout(header.frameLength());
        int at = header.size();
        int frames = 0;
        while (true) {
            require(message.length - at >= Integer.BYTES);
            int sequence = BigEndian.signedInt(message, at);
            if (sequence == FrameLayout.FINAL_MARKER) {
                break;
            }
            require(sequence == frames + 1 && message.length - at >= layout.regularFrameBytes()); // ENV-17
            frames++;
            at += layout.regularFrameBytes();
        }
        require(message.length - at >= FrameLayout.FINAL_PREFIX_BYTES + FrameAead.TAG_BYTES);
        require(BigEndian.signedInt(message, at + Integer.BYTES) == frames + 1); // ENV-17
        long length = BigEndian.unsignedInt(message, at + FrameLayout.FINAL_PREFIX_BYTES - Integer.BYTES);
        require(length <= header.frameLength()); // ENV-18
        return last(header, frames, at, FrameLayout.FINAL_PREFIX_BYTES, length, message);
    }

    private static BodyExtent unframed(MessageHeader header, byte[] message) {
        int at = header.size();
        require(message.length - at >= UNFRAMED_PREFIX_BYTES + FrameAead.TAG_BYTES);
        long length = BigEndian.signedLong(message, at + FrameAead.NONCE_BYTES);
        require(length >= 0 && length <= MAX_UNFRAMED_BYTES); // ENV-7
        return last(header, 0, at, UNFRAMED_PREFIX_BYTES, length, message);
    }

    private static BodyExtent last(
            MessageHeader header, int frames, int at, int prefixBytes, long length, byte[] message) {
        require(length <= message.length - at - prefixBytes - FrameAead.TAG_BYTES);
        int end = at + prefixBytes + (int) length + FrameAead.TAG_BYTES;
        return new BodyExtent(frames, at, (int) length, frames * header.frameLength() + (int) length, end);
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new DecryptionException();
        }
    }
}
