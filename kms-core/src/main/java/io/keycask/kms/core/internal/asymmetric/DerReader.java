package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (X.690) strictly: what {@link Der} would not have written is refused. Used by one thread.
 *
 * <p>Definite lengths in the shortest form, integers in the shortest form and not negative, nothing behind the end.
 */
final class DerReader {
    private static final int MAX_LENGTH_BYTES = 2;

    private final byte[] bytes;
    private int at;

    private DerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a reader of the elements of the SEQUENCE that these bytes are. */
    static DerReader ofSequence(byte[] bytes) throws NotDerException {
        DerReader outer = new DerReader(bytes);
        byte[] content = outer.element(Der.SEQUENCE);
        outer.requireEnd();
        return new DerReader(content);
    }

    /** Returns an INTEGER of at least 0. */
    BigInteger integer() throws NotDerException {
        byte[] content = element(Der.INTEGER);
        boolean negative = content.length > 0 && content[0] < 0;
        boolean padded = content.length > 1 && content[0] == 0 && content[1] >= 0;
        require(content.length > 0 && !negative && !padded);
        return new BigInteger(content);
    }

    byte[] octets() throws NotDerException {
        return element(Der.OCTET_STRING);
    }

    void requireEnd() throws NotDerException {
        require(at == bytes.length);
    }

    private byte[] element(int tag) throws NotDerException {
        require(next() == tag);
        int length = length();
        require(length <= bytes.length - at);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private int length() throws NotDerException {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int count = first - 0x80;
        require(count >= 1 && count <= MAX_LENGTH_BYTES);
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | next();
        }
        require(length >= (count == 1 ? 0x80 : 0x100));
        return length;
    }

    private int next() throws NotDerException {
        require(at < bytes.length);
        return bytes[at++] & 0xff;
    }

    private static void require(boolean condition) throws NotDerException {
        if (!condition) {
            throw new NotDerException();
        }
    }
}
