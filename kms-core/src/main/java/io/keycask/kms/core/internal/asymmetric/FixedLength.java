package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;

/** Numbers as big-endian bytes of a fixed length. */
final class FixedLength {
    private FixedLength() {}

    /** Returns the number, which is not negative and fits, in so many bytes. */
    static byte[] of(BigInteger value, int sizeBytes) {
        byte[] shortest = value.toByteArray();
        int sign = shortest[0] == 0 ? 1 : 0;
        int length = shortest.length - sign;
        byte[] fixed = new byte[sizeBytes];
        System.arraycopy(shortest, sign, fixed, sizeBytes - length, length);
        return fixed;
    }
}
