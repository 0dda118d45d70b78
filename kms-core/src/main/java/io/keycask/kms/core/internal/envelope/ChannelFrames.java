package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/**
 * The frames of a message that can be read anywhere, decrypted by their numbers.
 *
 * <p>How many frames there are, and how long the final one is, follows from the length of the body: a final frame is at most as
 * long as the prefix of one, a frame length and a tag, so that one division has one answer. It is a claim
 * until the final frame is open, because its tag says that it is the final one and which number it has. A message that was
 * cut off or added to has no final frame where the length says. Belongs to one thread at a time.
 */
final class ChannelFrames implements AutoCloseable {
    private static final int HEADER_BUFFER_BYTES = 4096;

    private final Input input;
    private final FrameCipher cipher;
    private final FrameLayout layout;
    private final long bodyOffset;
    private final long lastIndex;
    private final long lastLength;
    private ByteBuffer raw = ByteBuffer.allocate(0);

    private ChannelFrames(
            Input input, FrameCipher cipher, FrameLayout layout, long bodyOffset, long lastIndex, long lastLength) {
        this.input = input;
        this.cipher = cipher;
        this.layout = layout;
        this.bodyOffset = bodyOffset;
        this.lastIndex = lastIndex;
        this.lastLength = lastLength;
    }

    /** Reads the header of a message, of which nothing is authentic yet. */
    static MessageHeader header(SeekableByteChannel message) throws IOException {
        InputStream in = Channels.newInputStream(message.position(0));
        return HeaderParser.read(new BufferedInputStream(in, HEADER_BUFFER_BYTES));
    }

    /**
     * Opens the message of this length that has this header.
     *
     * @throws InvalidRequestException if the message has to be decrypted as a whole
     * @throws DecryptionException if the header is not authentic, or the message too short
     */
    static ChannelFrames open(
            Input input, long messageBytes, MessageHeader header, KeyOpener keys, EncryptionContext context) {
        FrameCipher cipher = MessageOpener.open(header, keys, context);
        try {
            return of(input, messageBytes, header, cipher);
        } catch (RuntimeException e) {
            cipher.close();
            throw e;
        }
    }

    private static ChannelFrames of(Input input, long messageBytes, MessageHeader header, FrameCipher cipher) {
        if (!isSeekable(header)) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "message has a signature or no frames; it can be decrypted as a whole only");
        }
        FrameLayout layout = new FrameLayout(header.frameLength());
        long contents = messageBytes - header.size() - FrameLayout.FINAL_PREFIX_BYTES - FrameAead.TAG_BYTES;
        require(contents >= 0);
        long frameBytes = layout.regularFrameBytes();
        return new ChannelFrames(input, cipher, layout, header.size(), contents / frameBytes, contents % frameBytes);
    }

    /** Returns whether a message can be decrypted frame by frame, in any order (ENV-7, ENV-21). */
    static boolean isSeekable(MessageHeader header) {
        return header.isFramed() && !header.suite().isSigned();
    }

    /** Returns the same frames for another thread, which has to close them. */
    ChannelFrames fork() {
        return new ChannelFrames(input, cipher.fork(), layout, bodyOffset, lastIndex, lastLength);
    }

    /** Returns the length of a frame that is not the final one. */
    int frameLength() {
        return layout.frameLength();
    }

    /** Returns the index of the final frame: its number less 1. */
    long lastIndex() {
        return lastIndex;
    }

    /**
     * Returns the length of the frame of this index.
     *
     * @throws DecryptionException if there is none
     */
    int length(long index) {
        if (index < lastIndex) {
            return layout.frameLength();
        }
        require(index == lastIndex && lastLength <= layout.frameLength()); // ENV-18, ENV-19
        return (int) lastLength;
    }

    /** Returns the length of the plaintext, which is authentic once the final frame was opened. */
    long plaintextBytes() {
        return lastIndex * layout.frameLength() + length(lastIndex);
    }

    /** Reads and decrypts a frame and returns its length; if it is not authentic, the output is wiped. */
    int open(long index, byte[] out, int outOffset) throws IOException {
        int length = length(index);
        boolean last = index == lastIndex;
        int prefix = last ? FrameLayout.FINAL_PREFIX_BYTES : FrameLayout.REGULAR_PREFIX_BYTES;
        byte[] frame = read(bodyOffset + layout.frameOffset(index), prefix + length + FrameAead.TAG_BYTES);
        int number = (int) (index + 1);
        require(index < FrameLayout.MAX_SEQUENCE); // ENV-17
        if (last) {
            require(BigEndian.signedInt(frame, 0) == FrameLayout.FINAL_MARKER);
            require(BigEndian.signedInt(frame, Integer.BYTES) == number);
            require(BigEndian.signedInt(frame, prefix - Integer.BYTES) == length);
            cipher.openFinal(index + 1, frame, 2 * Integer.BYTES, prefix, length, out, outOffset);
        } else {
            require(BigEndian.signedInt(frame, 0) == number && number != FrameLayout.FINAL_MARKER);
            cipher.openRegular(index + 1, frame, Integer.BYTES, prefix, length, out, outOffset);
        }
        return length;
    }

    private byte[] read(long position, int length) throws IOException {
        if (raw.capacity() < length) {
            raw = ByteBuffer.allocate(length);
        }
        raw.clear().limit(length);
        while (raw.hasRemaining()) {
            require(input.read(raw, position + raw.position()) > 0); // ENV-19
        }
        return raw.array();
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new DecryptionException();
        }
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        cipher.close();
    }

    /** Where a message can be read anywhere. */
    interface Input {
        /** Reads bytes from there on, at least one; returns how many that was, -1 at the end. */
        int read(ByteBuffer target, long position) throws IOException;
    }
}
