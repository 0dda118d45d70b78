package io.keycask.kms.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Views of byte arrays as integers. */
final class Bytes {
    static final VarHandle LONG_LE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /**
     * Returns {@code length < 16} bytes, padded with zeros, as the upper or the lower half of a big-endian block. Only the length,
     * which is no secret, decides what is read.
     */
    static long halfBlock(byte[] in, int at, int length, int half) {
        long word = 0;
        int first = 8 * half;
        for (int i = 0; i < 8; i++) {
            int b = first + i < length ? in[at + first + i] & 0xff : 0;
            word = (word << 8) | b;
        }
        return word;
    }
}
