package io.keycask.kms.benchmarks;

import java.io.InputStream;
import java.util.Objects;

/** A stream of the same bytes again and again, up to a length. */
final class RepeatedInput extends InputStream {
    private final byte[] bytes;
    private final long size;
    private long position;

    RepeatedInput(byte[] bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public int read() {
        return position == size ? -1 : bytes[(int) (position++ % bytes.length)] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (position == size && length > 0) {
            return -1;
        }
        int at = (int) (position % bytes.length);
        int count = (int) Math.min(Math.min(length, bytes.length - at), size - position);
        System.arraycopy(bytes, at, to, offset, count);
        position += count;
        return count;
    }
}
