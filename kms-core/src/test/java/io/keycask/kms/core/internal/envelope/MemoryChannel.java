package io.keycask.kms.core.internal.envelope;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory as a channel that gives at most so many bytes at a time, and counts them. */
final class MemoryChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private final int step;
    private long position;
    private boolean closed;
    private long given;

    MemoryChannel(byte[] bytes) {
        this(bytes, Integer.MAX_VALUE);
    }

    MemoryChannel(byte[] bytes, int step) {
        this.bytes = bytes;
        this.step = step;
    }

    /** Returns how many bytes were read since the last call. */
    long given() {
        long count = given;
        given = 0;
        return count;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(step, target.remaining()), bytes.length - (int) position);
        target.put(bytes, (int) position, count);
        position += count;
        given += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
