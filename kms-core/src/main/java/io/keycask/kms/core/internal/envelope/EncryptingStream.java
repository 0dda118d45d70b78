package io.keycask.kms.core.internal.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A stream that encrypts what is written to it; closing it completes the message.
 *
 * <p>A write that failed may have left half a frame behind, so that the message cannot be completed any more: it stays
 * without its final frame, by which every reader notices.
 */
final class EncryptingStream extends OutputStream {
    private final FrameWriter frames;
    private final OutputStream out;
    private boolean broken;
    private boolean closed;

    /** Writes the header of the message, which is the stream's from now on. */
    EncryptingStream(NewMessage message, OutputStream out, Parallelism parallelism) throws IOException {
        this.frames = new FrameWriter(message, out, parallelism);
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireWritable();
        broken = true;
        frames.write(bytes, offset, length);
        broken = false;
    }

    /** Passes on the frames that are complete; with helpers, the pieces of several frames. */
    @Override
    public void flush() throws IOException {
        requireWritable();
        broken = true;
        frames.flush();
        out.flush();
        broken = false;
    }

    private void requireWritable() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (broken) {
            throw new IOException("an earlier write failed; the message stays incomplete");
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out;
                frames) {
            if (!broken) {
                frames.finish();
                out.flush();
            }
        }
    }
}
