package io.keycask.kms.core.internal.envelope;

import java.util.Arrays;

/**
 * Frames of a message that is written to a stream: plaintext with room around it for what makes it a frame, encrypted in
 * place. Belongs to one thread at a time.
 */
final class SealingPiece implements OrderedWork.Piece {
    /** Where the plaintext of the first frame starts, so that it may become a final frame too. */
    static final int START = FrameLayout.FINAL_PREFIX_BYTES;

    /** Where the first regular frame starts. */
    static final int FRAMES_START = START - FrameLayout.REGULAR_PREFIX_BYTES;

    private final FrameLayout layout;
    private byte[] buffer;
    private long firstSequence = 1;
    private int frames;

    SealingPiece(FrameLayout layout, int frames) {
        this.layout = layout;
        this.buffer = new byte[START + frames * layout.regularFrameBytes()];
    }

    /** Makes it a piece without frames, of which the first will have this number. */
    void begin(long sequence) {
        firstSequence = sequence;
        frames = 0;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Returns where the plaintext after the complete frames belongs. */
    int contentOffset() {
        return START + framesBytes();
    }

    /** Says that one more frame has all of its plaintext; makes room for the next if there shall be this many. */
    void completeFrame(int atMost) {
        frames++;
        int size = START + atMost * layout.regularFrameBytes();
        if (frames < atMost && buffer.length < size) {
            byte[] larger = Arrays.copyOf(buffer, size);
            wipe();
            buffer = larger;
        }
    }

    int frames() {
        return frames;
    }

    /** Returns the length of the complete frames. */
    int framesBytes() {
        return frames * layout.regularFrameBytes();
    }

    @Override
    public void work(FrameCipher cipher) {
        for (int i = 0; i < frames; i++) {
            int at = i * layout.regularFrameBytes();
            int unused = cipher.sealRegular(
                    firstSequence + i, buffer, START + at, layout.frameLength(), buffer, FRAMES_START + at);
        }
    }

    /** Moves plaintext after the complete frames to the start, where it can become a final frame. */
    void moveToStart(int length) {
        System.arraycopy(buffer, contentOffset(), buffer, START, length);
    }

    void wipe() {
        Arrays.fill(buffer, (byte) 0);
    }
}
