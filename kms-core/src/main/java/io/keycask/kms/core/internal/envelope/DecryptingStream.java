package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A stream of the plaintext of a message.
 *
 * <p>Once a read met a message that is cut off or altered, every later read does too, and {@code close} as well: code that
 * takes an exception for the end of the data does not get away with it.
 */
final class DecryptingStream extends InputStream {
    private final FrameReader frames;
    private final InputStream in;
    private int at;
    private int left;
    private boolean broken;
    private boolean rejected;
    private boolean ended;
    private boolean closed;

    /** A stream of what this reader decrypts; both are the stream's from now on. */
    DecryptingStream(FrameReader frames, InputStream in) {
        this.frames = frames;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int step = Math.min(length, left);
        System.arraycopy(frames.buffer(), at, bytes, offset, step);
        at += step;
        left -= step;
        return step;
    }

    private boolean fill() throws IOException {
        requireNotRejected();
        if (broken) {
            throw new IOException("an earlier read failed");
        }
        while (left == 0 && !ended) {
            int length = nextPiece();
            ended = length < 0;
            left = Math.max(length, 0);
            at = frames.offset();
        }
        return left > 0;
    }

    private int nextPiece() throws IOException {
        broken = true; // half a frame may be gone, whatever is thrown
        try {
            int length = frames.next();
            broken = false;
            return length;
        } catch (DecryptionException e) {
            rejected = true;
            throw e;
        }
    }

    @Override
    public int available() throws IOException {
        requireOpen();
        return left;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    // A new exception each time: try-with-resources does not suppress an exception by itself.
    private void requireNotRejected() {
        if (rejected) {
            throw new DecryptionException();
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (in;
                frames) {
            requireNotRejected();
        }
    }
}
