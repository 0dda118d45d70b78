package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Writes the few DER types (X.690) that signatures and ciphertexts are made of, each with fewer than 65,536 bytes. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        int length = 0;
        for (byte[] element : elements) {
            length += element.length;
        }
        ByteBuffer content = ByteBuffer.allocate(length);
        for (byte[] element : elements) {
            content.put(element);
        }
        return element(SEQUENCE, content.array());
    }

    /** Returns an INTEGER that is not negative. */
    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] octets(byte[] value) {
        return element(OCTET_STRING, value);
    }

    private static byte[] element(int tag, byte[] content) {
        int lengthBytes = content.length < 0x80 ? 1 : content.length < 0x100 ? 2 : 3;
        ByteBuffer element =
                ByteBuffer.allocate(1 + lengthBytes + content.length).put((byte) tag);
        if (lengthBytes > 1) {
            element.put((byte) (0x80 + lengthBytes - 1));
        }
        if (lengthBytes > 2) {
            element.put((byte) (content.length >> 8));
        }
        return element.put((byte) content.length).put(content).array();
    }
}
