package io.keycask.kms.core.internal.envelope;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of plaintext, read or written by frames of one length, by any number of threads. */
record PlainFile(FileChannel channel, int frameLength) implements FilePieces.Input, FilePieces.Output {
    @Override
    public void read(long firstFrame, int frames, byte[] plaintext, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(plaintext, 0, length);
        long start = firstFrame * frameLength;
        while (target.hasRemaining()) {
            if (channel.read(target, start + target.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    @Override
    public void write(long firstFrame, int frames, byte[] plaintext, int length) throws IOException {
        writeFully(channel, plaintext, length, firstFrame * frameLength);
    }

    /** Writes the start of an array to a place of a file. */
    static void writeFully(FileChannel channel, byte[] bytes, int length, long position) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes, 0, length);
        while (source.hasRemaining()) {
            int unused = channel.write(source, position + source.position());
        }
    }

    /** Leaves the channel open, which is shared. */
    @Override
    public void close() {
        // nothing is this thread's own
    }
}
