package io.keycask.kms.core.internal.envelope;

/**
 * Where the frames of a message body are, for one frame length.
 *
 * <p>Every frame but the last has the same length, so that the place of a frame follows from its number: no index is needed
 * to decrypt a range, or several frames at once. Offsets count from the start of the body. A message that was written by
 * others may also end in an empty final frame; this layout is the one that we write.
 *
 * @param frameLength how many bytes of plaintext a regular frame holds
 */
record FrameLayout(int frameLength) {
    /** The frame length that we write; docs/adr/0001-frame-length.md has the reasons. */
    static final int STANDARD_FRAME_LENGTH = 64 * 1024;

    /** The longest frame that we read (ENV-5). */
    static final int MAX_FRAME_LENGTH = 16 * 1024 * 1024;

    /** The number of the last frame that a message can have; the first is 1 (ENV-17). */
    static final long MAX_SEQUENCE = 0xFFFF_FFFFL;

    /** What stands before the ciphertext of a regular frame: sequence number, nonce. */
    static final int REGULAR_PREFIX_BYTES = Integer.BYTES + FrameAead.NONCE_BYTES;

    /** What stands before the ciphertext of the final frame: marker, sequence number, nonce, length. */
    static final int FINAL_PREFIX_BYTES = 2 * Integer.BYTES + FrameAead.NONCE_BYTES + Integer.BYTES;

    /** What stands in the place of the sequence number in a final frame. */
    static final int FINAL_MARKER = 0xFFFF_FFFF;

    /** Returns the length of a regular frame, prefix and tag included. */
    int regularFrameBytes() {
        return REGULAR_PREFIX_BYTES + frameLength + FrameAead.TAG_BYTES;
    }

    /** Returns how many regular frames come before the final one, which is full if the length is a multiple. */
    long regularFrames(long plaintextBytes) {
        return plaintextBytes == 0 ? 0 : (plaintextBytes - 1) / frameLength;
    }

    /** Returns where the frame of this index, which is its sequence number less 1, starts. */
    long frameOffset(long index) {
        return Math.multiplyExact(index, (long) regularFrameBytes());
    }

    /** Returns the length of the body of a message of this many bytes of plaintext. */
    long bodyBytes(long plaintextBytes) {
        long regular = regularFrames(plaintextBytes);
        long last = plaintextBytes - regular * frameLength;
        return Math.addExact(frameOffset(regular), FINAL_PREFIX_BYTES + last + FrameAead.TAG_BYTES);
    }
}
