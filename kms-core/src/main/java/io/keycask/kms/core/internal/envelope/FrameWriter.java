package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.LimitExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a message frame by frame to a stream, which it neither flushes nor closes. Belongs to one thread at a time.
 *
 * <p>Plaintext is collected in pieces of one frame, or of several if helpers take part, and encrypted in place. A full frame
 * waits until more comes, because it may turn out to be the final one (ENV-18). Owns the message.
 */
final class FrameWriter implements AutoCloseable {
    private final NewMessage message;
    private final OutputStream out;
    private final int frameLength;
    private final int framesPerPiece;
    private final OrderedWork<SealingPiece> work;
    private final List<SealingPiece> pieces = new ArrayList<>();
    private final ArrayDeque<SealingPiece> free = new ArrayDeque<>();
    private SealingPiece piece;
    private int filled;
    private long sequence = 1;

    /** Writes the header; closes the message if that fails. */
    FrameWriter(NewMessage message, OutputStream out, Parallelism parallelism) throws IOException {
        this.message = message;
        this.out = out;
        this.frameLength = message.layout().frameLength();
        this.framesPerPiece = parallelism.framesPerPiece(frameLength);
        this.work = new OrderedWork<>(parallelism, message.cipher());
        this.piece = new SealingPiece(message.layout(), 1);
        pieces.add(piece);
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
            System.arraycopy(bytes, offset + done, piece.buffer(), piece.contentOffset() + filled, step);
            filled += step;
            done += step;
        }
    }

    /** Encrypts everything up to the end of a stream and returns how many bytes that was. */
    long transferFrom(InputStream in) throws IOException {
        long total = 0;
        while (true) {
            int read = in.readNBytes(piece.buffer(), piece.contentOffset() + filled, frameLength - filled);
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
            piece.buffer()[piece.contentOffset()] = (byte) next;
            filled = 1;
            total++;
        }
    }

    private void makeRoom() throws IOException {
        if (filled == frameLength) {
            requireFramesLeft(sequence);
            sequence++;
            piece.completeFrame(framesPerPiece);
            filled = 0;
            if (piece.frames() == framesPerPiece) {
                work.put(piece);
                piece = nextPiece();
                piece.begin(sequence);
            }
        }
    }

    private SealingPiece nextPiece() throws IOException {
        while (work.isFull()) {
            writeOldest();
        }
        if (free.isEmpty()) {
            free.add(new SealingPiece(message.layout(), framesPerPiece));
            pieces.add(free.element());
        }
        return free.remove();
    }

    private void writeOldest() throws IOException {
        SealingPiece oldest = work.take();
        out.write(oldest.buffer(), SealingPiece.FRAMES_START, oldest.framesBytes());
        free.add(oldest);
    }

    // ENV-17: the final frame needs a number too
    static void requireFramesLeft(long sequence) {
        if (sequence >= FrameLayout.MAX_SEQUENCE) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "message has " + sequence + " frames; that is the limit");
        }
    }

    /** Writes the pieces that are complete. */
    void flush() throws IOException {
        while (!work.isEmpty()) {
            writeOldest();
        }
    }

    /** Writes the final frame, after which the message is complete. */
    void finish() throws IOException {
        flush();
        piece.work(message.cipher());
        out.write(piece.buffer(), SealingPiece.FRAMES_START, piece.framesBytes());
        piece.moveToStart(filled);
        int size = message.cipher().sealFinal(sequence, piece.buffer(), SealingPiece.START, filled, piece.buffer(), 0);
        out.write(piece.buffer(), 0, size);
    }

    /** Wipes the plaintext and the key of the message, which is not completed by that. Idempotent. */
    @Override
    public void close() {
        work.close();
        pieces.forEach(SealingPiece::wipe);
        message.close();
    }
}
