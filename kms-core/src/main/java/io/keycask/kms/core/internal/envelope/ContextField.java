package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The encryption context as it stands in a header.
 *
 * <p>Writers sort the pairs, but messages of older programs exist that have the pair with the public key at the end. The header's
 * tag covers the bytes as they are, so their order is no one's secret way in: a reader brings the pairs into order first
 * (ENV-8).
 */
final class ContextField {
    private ContextField() {}

    /** Returns the context of these bytes, whatever the order of the pairs. */
    static EncryptionContext parse(byte[] field) {
        try {
            return EncryptionContext.parse(field);
        } catch (InvalidRequestException notCanonical) {
            return parseSorted(field);
        }
    }

    private static EncryptionContext parseSorted(byte[] field) {
        try {
            return EncryptionContext.parse(sorted(field));
        } catch (InvalidRequestException | BufferUnderflowException malformed) {
            throw new DecryptionException();
        }
    }

    // What two pairs of one name make of this is too short, and refused when it is parsed.
    private static byte[] sorted(byte[] field) {
        ByteBuffer in = ByteBuffer.wrap(field);
        TreeMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
        int count = Short.toUnsignedInt(in.getShort());
        for (int i = 0; i < count; i++) {
            byte[] name = text(in);
            pairs.put(name, text(in));
        }
        ByteBuffer out = ByteBuffer.allocate(field.length).putShort((short) count);
        pairs.forEach((name, value) -> {
            out.putShort((short) name.length).put(name);
            out.putShort((short) value.length).put(value);
        });
        return Arrays.copyOf(out.array(), out.position() + in.remaining());
    }

    private static byte[] text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return text;
    }
}
