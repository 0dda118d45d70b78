package io.keycask.kms.core.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The 96 bits of a prefix, to look it up by. */
record Prefix(long head, int tail) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    static Prefix at(byte[] bytes, int offset) {
        return new Prefix((long) LONG.get(bytes, offset), (int) INT.get(bytes, offset + Long.BYTES));
    }

    byte[] toBytes() {
        byte[] bytes = new byte[RecordLayout.PREFIX_BYTES];
        LONG.set(bytes, 0, head);
        INT.set(bytes, Long.BYTES, tail);
        return bytes;
    }
}
