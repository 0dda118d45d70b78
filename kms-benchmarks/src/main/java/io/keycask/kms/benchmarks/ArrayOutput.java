package io.keycask.kms.benchmarks;

import java.io.OutputStream;
import java.util.Arrays;

/** A stream into an array that is large enough. */
final class ArrayOutput extends OutputStream {
    private final byte[] array;
    private int written;

    ArrayOutput(byte[] array) {
        this.array = array;
    }

    int written() {
        return written;
    }

    /** Returns what was written, the array itself if it is full. */
    byte[] toArray() {
        return written == array.length ? array : Arrays.copyOf(array, written);
    }

    @Override
    public void write(int value) {
        array[written++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, array, written, length);
        written += length;
    }
}
