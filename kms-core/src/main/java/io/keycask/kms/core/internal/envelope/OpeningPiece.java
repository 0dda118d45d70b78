package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a message that is read from a stream, decrypted in place. Belongs to one thread at a time.
 *
 * <p>The frames before one that is not authentic are released; it and what follows are not.
 */
final class OpeningPiece implements OrderedWork.Piece {
    private static final int FINAL_BYTES_MORE = FrameLayout.FINAL_PREFIX_BYTES - FrameLayout.REGULAR_PREFIX_BYTES;
    private static final byte[] NOTHING = new byte[0];

    private final FrameLayout layout;
    private byte[] buffer = NOTHING;
    private long firstSequence;
    private int regularFrames;
    private int finalLength;
    private int verified;
    private int released;
    private @Nullable DecryptionException failure;

    OpeningPiece(FrameLayout layout) {
        this.layout = layout;
    }

    /** Makes it a piece without frames, of which the first will have this number. */
    void begin(long sequence) {
        firstSequence = sequence;
        regularFrames = 0;
        finalLength = -1;
        verified = 0;
        released = 0;
        failure = null;
    }

    /** Returns the array that holds the frames. */
    byte[] buffer() {
        return buffer;
    }

    /** Returns where the frame after the complete ones starts. */
    int end() {
        return regularFrames * layout.regularFrameBytes();
    }

    /** Makes room for this many bytes after the complete frames, and for a whole piece when it turns out to have several. */
    void makeRoom(int size, int framesPerPiece) {
        if (buffer.length < end() + size) {
            int whole = regularFrames == 0 ? 0 : FINAL_BYTES_MORE + framesPerPiece * layout.regularFrameBytes();
            byte[] larger = Arrays.copyOf(buffer, Math.max(whole, end() + size));
            wipe();
            buffer = larger;
        }
    }

    void addRegular() {
        regularFrames++;
    }

    void addFinal(int length) {
        finalLength = length;
    }

    /** Returns how many frames there are. */
    int frames() {
        return regularFrames + (finalLength < 0 ? 0 : 1);
    }

    @Override
    public void work(FrameCipher cipher) {
        try {
            for (int i = 0; i < regularFrames; i++) {
                int at = i * layout.regularFrameBytes();
                int content = at + FrameLayout.REGULAR_PREFIX_BYTES;
                int nonce = at + Integer.BYTES;
                cipher.openRegular(firstSequence + i, buffer, nonce, content, layout.frameLength(), buffer, content);
                verified++;
            }
            if (finalLength >= 0) {
                int content = end() + FrameLayout.FINAL_PREFIX_BYTES;
                int nonce = end() + 2 * Integer.BYTES;
                cipher.openFinal(firstSequence + regularFrames, buffer, nonce, content, finalLength, buffer, content);
                verified++;
            }
        } catch (DecryptionException e) {
            failure = e;
        }
    }

    /** Goes to the next frame and returns the length of its plaintext; -1 if there is none. */
    int release() {
        if (released == verified) {
            if (failure != null) {
                throw failure;
            }
            return -1;
        }
        released++;
        return released > regularFrames ? finalLength : layout.frameLength();
    }

    /** Returns where the plaintext of the frame that was released last starts. */
    int offset() {
        int prefix = released > regularFrames ? FrameLayout.FINAL_PREFIX_BYTES : FrameLayout.REGULAR_PREFIX_BYTES;
        return (released - 1) * layout.regularFrameBytes() + prefix;
    }

    void wipe() {
        Arrays.fill(buffer, (byte) 0);
    }
}
