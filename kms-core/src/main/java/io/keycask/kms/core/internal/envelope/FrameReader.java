package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.LimitExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a message from a stream and decrypts it piece by piece. The message has to end where the stream ends.
 *
 * <p>A piece is a frame, decrypted in place in a buffer that is taken when the header is known to be authentic. Messages that
 * cannot be verified piece by piece, which are those with a signature or without frames, are one piece. Belongs to one
 * thread at a time; does not close the stream.
 */
final class FrameReader implements AutoCloseable {
    /** The longest message without frames, or with a signature, that is taken from a stream, its header aside (ENV-22). */
    static final int MAX_WHOLE_BYTES = BodyExtent.MAX_UNFRAMED_BYTES + 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final InputStream in;
    private final MessageHeader header;
    private final FrameCipher cipher;
    private final byte[] marker = new byte[Integer.BYTES];
    private byte[] buffer = NOTHING;
    private int offset;
    private long sequence = 1;
    private boolean ended;

    /** Reads the header and opens the message. */
    FrameReader(InputStream in, KeyOpener keys, EncryptionContext context) throws IOException {
        this.in = in;
        this.header = HeaderParser.read(in);
        this.cipher = MessageOpener.open(header, keys, context);
    }

    /** Decrypts the next piece and returns its length, which may be 0; -1 at the end of the message. */
    int next() throws IOException {
        if (ended) {
            return -1;
        }
        if (!ChannelFrames.isSeekable(header)) {
            return wholeMessage();
        }
        readFully(marker, 0, marker.length);
        int number = BigEndian.signedInt(marker, 0);
        return number == FrameLayout.FINAL_MARKER ? finalFrame() : regularFrame(number);
    }

    private int regularFrame(int number) throws IOException {
        require(number == (int) sequence); // ENV-17
        int length = header.frameLength();
        makeRoom(FrameAead.NONCE_BYTES + length + FrameAead.TAG_BYTES);
        readFully(buffer, 0, FrameAead.NONCE_BYTES + length + FrameAead.TAG_BYTES);
        offset = FrameAead.NONCE_BYTES;
        cipher.openRegular(sequence++, buffer, 0, offset, length, buffer, offset);
        return length;
    }

    private int finalFrame() throws IOException {
        int prefix = FrameLayout.FINAL_PREFIX_BYTES - Integer.BYTES;
        makeRoom(prefix);
        readFully(buffer, 0, prefix);
        require(BigEndian.signedInt(buffer, 0) == (int) sequence); // ENV-17
        long length = BigEndian.unsignedInt(buffer, prefix - Integer.BYTES);
        require(length <= header.frameLength()); // ENV-18
        makeRoom(prefix + (int) length + FrameAead.TAG_BYTES);
        readFully(buffer, prefix, (int) length + FrameAead.TAG_BYTES);
        require(in.read() < 0); // ENV-20
        offset = prefix;
        cipher.openFinal(sequence, buffer, Integer.BYTES, offset, (int) length, buffer, offset);
        ended = true;
        return (int) length;
    }

    private int wholeMessage() throws IOException {
        byte[] rest = in.readNBytes(MAX_WHOLE_BYTES + 1);
        requireWithinLimit(rest.length);
        byte[] message = Arrays.copyOf(header.bytes(), header.size() + rest.length);
        System.arraycopy(header.tag(), 0, message, header.bytes().length, FrameAead.TAG_BYTES);
        System.arraycopy(rest, 0, message, header.size(), rest.length);
        MemoryMessage whole = MemoryMessage.of(message, header);
        buffer = new byte[whole.plaintextBytes()];
        whole.open(cipher, buffer, 0, Parallelism.NONE);
        offset = 0;
        ended = true;
        return buffer.length;
    }

    private static void requireWithinLimit(int length) {
        if (length > MAX_WHOLE_BYTES) { // ENV-22
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "message has a signature or no frames, and more than " + MAX_WHOLE_BYTES
                            + " bytes; that is the limit for streams");
        }
    }

    /** Returns the array that holds the piece; it is valid until the next one. */
    byte[] buffer() {
        return buffer;
    }

    /** Returns where in the array the piece starts. */
    int offset() {
        return offset;
    }

    // The contents need not survive, except for the prefix of a final frame.
    private void makeRoom(int size) {
        if (buffer.length < size) {
            byte[] larger = Arrays.copyOf(buffer, size);
            Arrays.fill(buffer, (byte) 0);
            buffer = larger;
        }
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
        Arrays.fill(buffer, (byte) 0);
        cipher.close();
    }
}
