package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.LimitExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message from a stream and decrypts it frame by frame. The message has to end where the stream ends.
 *
 * <p>Frames are read in pieces of one, or of several if helpers take part, and decrypted in place in buffers that are taken when the
 * header is known to be authentic. Only with helpers it reads ahead; what it meets there, an end or an error, comes
 * after the frames before it. Messages that cannot be verified frame by frame, which are those with a signature or
 * without frames, are released as a whole. Belongs to one thread at a time; does not close the stream.
 */
final class FrameReader implements AutoCloseable {
    /** The longest message without frames, or with a signature, that is taken from a stream, its header aside (ENV-22). */
    static final int MAX_WHOLE_BYTES = BodyExtent.MAX_UNFRAMED_BYTES + 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final InputStream in;
    private final MessageHeader header;
    private final FrameLayout layout;
    private final FrameCipher cipher;
    private final int framesPerPiece;
    private final OrderedWork<OpeningPiece> work;
    private final List<OpeningPiece> pieces = new ArrayList<>();
    private final ArrayDeque<OpeningPiece> free = new ArrayDeque<>();
    private @Nullable OpeningPiece current;
    private byte[] whole = NOTHING;
    private long sequence = 1;
    private boolean ended;
    private @Nullable Exception endedBy;

    /** Reads the header and opens the message. */
    FrameReader(InputStream in, KeyOpener keys, EncryptionContext context, Parallelism parallelism) throws IOException {
        this.in = in;
        this.header = HeaderParser.read(in);
        this.cipher = MessageOpener.open(header, keys, context);
        this.layout = new FrameLayout(Math.max(1, header.frameLength()));
        this.framesPerPiece = parallelism.framesPerPiece(layout.frameLength());
        this.work = new OrderedWork<>(parallelism, cipher);
    }

    /** Decrypts the next frame and returns its length, which may be 0; -1 at the end of the message. */
    int next() throws IOException {
        int length = current == null ? -1 : current.release();
        if (length >= 0) {
            return length;
        }
        if (current != null) {
            free.add(current);
            current = null;
        }
        if (!ended && !ChannelFrames.isSeekable(header)) {
            return wholeMessage();
        }
        while (!ended && !work.isFull()) {
            readPiece();
        }
        if (work.isEmpty()) {
            throwIfBroken();
            return -1;
        }
        current = work.take();
        return current.release();
    }

    private void readPiece() {
        OpeningPiece piece = nextPiece();
        piece.begin(sequence);
        try {
            while (!ended && piece.frames() < framesPerPiece) {
                readFrame(piece);
            }
        } catch (IOException | RuntimeException e) {
            ended = true;
            endedBy = e;
        }
        if (piece.frames() > 0) {
            work.put(piece);
        } else {
            free.add(piece);
        }
    }

    private OpeningPiece nextPiece() {
        if (free.isEmpty()) {
            free.add(new OpeningPiece(layout));
            pieces.add(free.element());
        }
        return free.remove();
    }

    private void readFrame(OpeningPiece piece) throws IOException {
        int at = piece.end();
        piece.makeRoom(FrameLayout.FINAL_PREFIX_BYTES, framesPerPiece);
        readFully(piece.buffer(), at, Integer.BYTES);
        int number = BigEndian.signedInt(piece.buffer(), at);
        if (number == FrameLayout.FINAL_MARKER) {
            readFinal(piece, at + Integer.BYTES);
            return;
        }
        require(number == (int) sequence); // ENV-17
        int frameBytes = layout.regularFrameBytes();
        piece.makeRoom(frameBytes, framesPerPiece);
        readFully(piece.buffer(), at + Integer.BYTES, frameBytes - Integer.BYTES);
        piece.addRegular();
        sequence++;
    }

    private void readFinal(OpeningPiece piece, int at) throws IOException {
        int content = at + FrameLayout.FINAL_PREFIX_BYTES - Integer.BYTES;
        readFully(piece.buffer(), at, content - at);
        require(BigEndian.signedInt(piece.buffer(), at) == (int) sequence); // ENV-17
        long length = BigEndian.unsignedInt(piece.buffer(), content - Integer.BYTES);
        require(length <= layout.frameLength()); // ENV-18
        int left = (int) length + FrameAead.TAG_BYTES;
        piece.makeRoom(FrameLayout.FINAL_PREFIX_BYTES + left, framesPerPiece);
        readFully(piece.buffer(), content, left);
        require(in.read() < 0); // ENV-20
        piece.addFinal((int) length);
        ended = true;
    }

    private void throwIfBroken() throws IOException {
        if (endedBy instanceof IOException e) {
            throw e;
        } else if (endedBy instanceof RuntimeException e) {
            throw e;
        }
    }

    private int wholeMessage() throws IOException {
        byte[] rest = in.readNBytes(MAX_WHOLE_BYTES + 1);
        requireWithinLimit(rest.length);
        byte[] message = Arrays.copyOf(header.bytes(), header.size() + rest.length);
        System.arraycopy(header.tag(), 0, message, header.bytes().length, FrameAead.TAG_BYTES);
        System.arraycopy(rest, 0, message, header.size(), rest.length);
        MemoryMessage received = MemoryMessage.of(message, header);
        whole = new byte[received.plaintextBytes()];
        received.open(cipher, whole, 0, Parallelism.NONE);
        ended = true;
        return whole.length;
    }

    private static void requireWithinLimit(int length) {
        if (length > MAX_WHOLE_BYTES) { // ENV-22
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "message has a signature or no frames, and more than " + MAX_WHOLE_BYTES
                            + " bytes; that is the limit for streams");
        }
    }

    /** Returns the array that holds the frame; it is valid until the next one. */
    byte[] buffer() {
        return current == null ? whole : current.buffer();
    }

    /** Returns where in the array the frame starts. */
    int offset() {
        return current == null ? 0 : current.offset();
    }

    private void readFully(byte[] target, int from, int length) throws IOException {
        require(in.readNBytes(target, from, length) == length); // ENV-19
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new DecryptionException();
        }
    }

    /** Wipes the plaintext and the key of the message. Idempotent. */
    @Override
    public void close() {
        work.close();
        pieces.forEach(OpeningPiece::wipe);
        Arrays.fill(whole, (byte) 0);
        cipher.close();
    }
}
