package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * A channel over the plaintext of a message, which decrypts the frames that are asked for.
 *
 * <p>It remembers one frame, for reads that are shorter. A read of a whole frame into an array goes there without a copy. A
 * read that throws has read nothing.
 */
final class DecryptingChannel implements SeekableByteChannel {
    private static final byte[] NOTHING = new byte[0];

    private final SeekableByteChannel message;
    private final ChannelFrames frames;
    private byte[] frame = NOTHING;
    private long frameIndex = -1;
    private boolean endVerified;
    private long position;
    private boolean closed;

    private DecryptingChannel(SeekableByteChannel message, ChannelFrames frames) {
        this.message = message;
        this.frames = frames;
    }

    /** Reads the header of a message and opens it; the channel owns it if that succeeds. */
    static DecryptingChannel open(SeekableByteChannel message, KeyOpener keys, EncryptionContext context)
            throws IOException {
        MessageHeader header = ChannelFrames.header(message);
        ChannelFrames.Input input = (target, at) -> message.position(at).read(target);
        return new DecryptingChannel(message, ChannelFrames.open(input, message.size(), header, keys, context));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the buffer is read-only");
        }
        int start = target.position();
        long from = position;
        boolean done = false;
        try {
            boolean more = target.hasRemaining();
            while (more) {
                more = readFrame(target) && target.hasRemaining();
            }
            done = true;
        } finally {
            if (!done) {
                target.position(start);
                position = from;
            }
        }
        boolean atEnd = target.position() == start && target.hasRemaining();
        return atEnd ? -1 : target.position() - start;
    }

    /** Reads what the frame at the position has; returns false at the end, which is authentic then. */
    private boolean readFrame(ByteBuffer target) throws IOException {
        long index = position / frames.frameLength();
        int offset = (int) (position % frames.frameLength());
        if (index > frames.lastIndex() || offset >= frames.length(index)) {
            verifyEnd();
            return false;
        }
        int step = Math.min(frames.length(index) - offset, target.remaining());
        if (index != frameIndex && target.hasArray() && step == frames.length(index)) {
            int unused = frames.open(index, target.array(), target.arrayOffset() + target.position());
            endVerified |= index == frames.lastIndex();
            target.position(target.position() + step);
        } else {
            remember(index);
            target.put(frame, offset, step);
        }
        position += step;
        return true;
    }

    private void remember(long index) throws IOException {
        if (index == frameIndex) {
            return;
        }
        int length = frames.length(index);
        if (frame.length < length) {
            Arrays.fill(frame, (byte) 0);
            frame = new byte[length];
        }
        frameIndex = -1;
        int unused = frames.open(index, frame, 0);
        frameIndex = index;
        endVerified |= index == frames.lastIndex();
    }

    private void verifyEnd() throws IOException {
        if (!endVerified) {
            remember(frames.lastIndex());
        }
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        verifyEnd();
        return frames.plaintextBytes();
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        Arrays.fill(frame, (byte) 0);
        frames.close();
        message.close();
    }
}
