package io.keycask.kms.core.internal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a MAC is made over: every value with its type, and its length where that varies, so that no two lists
 * of values have the same bytes ({@code docs/formats.md} §7.3).
 */
final class MacInput {
    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte NUMBER = 2;
    private static final byte BYTES = 3;
    private static final int FIRST_SIZE = 512;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE);

    // STO-6: store id and table name stand before everything else
    MacInput(UUID storeId, String table) {
        number(storeId.getMostSignificantBits());
        number(storeId.getLeastSignificantBits());
        text(table);
    }

    MacInput number(long value) {
        room(1 + Long.BYTES).put(NUMBER).putLong(value);
        return this;
    }

    MacInput text(String value) {
        return bytes(TEXT, value.getBytes(StandardCharsets.UTF_8));
    }

    MacInput bytes(byte[] value) {
        return bytes(BYTES, value);
    }

    MacInput row(Row row) {
        number(row.size());
        for (int i = 0; i < row.size(); i++) {
            value(row.get(i));
        }
        return this;
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            room(1).put(NULL);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long number) {
            number(number);
        } else if (value instanceof byte[] bytes) {
            bytes(bytes);
        } else {
            throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    private MacInput bytes(byte type, byte[] value) {
        room(1 + Integer.BYTES + value.length).put(type).putInt(value.length).put(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = buffer.position() + bytes;
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), 2 * size)).position(buffer.position());
        }
        return buffer;
    }

    /** Returns what was put in; the array is shared with this object. */
    ByteBuffer toBuffer() {
        return buffer.duplicate().flip();
    }
}
