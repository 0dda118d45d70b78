package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.LimitExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a message frame by frame to a stream, which it neither flushes nor closes. Belongs to one thread at a time.
 *
 * <p>Plaintext is collected in one buffer, with room around it for what makes it a frame, and encrypted in place. A full
 * buffer waits until more comes, because it may turn out to be the final frame (ENV-18). Owns the message.
 */
final class FrameWriter implements AutoCloseable {
    private static final int START = FrameLayout.FINAL_PREFIX_BYTES;

    private final NewMessage message;
    private final OutputStream out;
    private final int frameLength;
    private final byte[] buffer;
    private int filled;
    private long sequence = 1;

    /** Writes the header; closes the message if that fails. */
    FrameWriter(NewMessage message, OutputStream out) throws IOException {
        this.message = message;
        this.out = out;
        this.frameLength = message.layout().frameLength();
        this.buffer = new byte[START + frameLength + FrameAead.TAG_BYTES];
        boolean begun = false;
        try {
            out.write(message.header());
            begun = true;
        } finally {
            if (!begun) {
                message.close();
            }
        }
    }

    /** Encrypts these bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            makeRoom();
            int step = Math.min(length - done, frameLength - filled);
            System.arraycopy(bytes, offset + done, buffer, START + filled, step);
            filled += step;
            done += step;
        }
    }

    /** Encrypts everything up to the end of a stream and returns how many bytes that was. */
    long transferFrom(InputStream in) throws IOException {
        long total = 0;
        while (true) {
            int read = in.readNBytes(buffer, START + filled, frameLength - filled);
            filled += read;
            total += read;
            if (filled < frameLength) {
                return total;
            }
            int next = in.read();
            if (next < 0) {
                return total;
            }
            makeRoom();
            buffer[START] = (byte) next;
            filled = 1;
            total++;
        }
    }

    private void makeRoom() throws IOException {
        if (filled == frameLength) {
            requireFramesLeft(sequence);
            int at = START - FrameLayout.REGULAR_PREFIX_BYTES;
            int size = message.cipher().sealRegular(sequence++, buffer, START, filled, buffer, at);
            filled = 0;
            out.write(buffer, at, size);
        }
    }

    // ENV-17: the final frame needs a number too
    static void requireFramesLeft(long sequence) {
        if (sequence >= FrameLayout.MAX_SEQUENCE) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "message has " + sequence + " frames; that is the limit");
        }
    }

    /** Writes the final frame, after which the message is complete. */
    void finish() throws IOException {
        int size = message.cipher().sealFinal(sequence, buffer, START, filled, buffer, 0);
        out.write(buffer, 0, size);
    }

    /** Wipes the plaintext and the key of the message, which is not completed by that. Idempotent. */
    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
        message.close();
    }
}
