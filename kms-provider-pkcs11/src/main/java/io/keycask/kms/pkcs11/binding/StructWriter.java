package io.keycask.kms.pkcs11.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes the members of structures, each at its boundary. Used by one thread. */
public final class StructWriter {
    private static final int INITIAL_BYTES = 128;

    private final CkLayout layout;
    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.nativeOrder());

    StructWriter(CkLayout layout) {
        this.layout = layout;
    }

    /** Writes a {@code CK_ULONG}. */
    public StructWriter ulong(long value) {
        room(layout.ulongBytes());
        if (layout.ulongBytes() == Integer.BYTES) {
            buffer.putInt((int) value);
        } else {
            buffer.putLong(value);
        }
        return this;
    }

    /** Writes an address. */
    public StructWriter pointer(long address) {
        room(CkLayout.POINTER_BYTES);
        buffer.putLong(address);
        return this;
    }

    private void room(int bytes) {
        int gap = layout.isPacked() ? 0 : Math.floorMod(-buffer.position(), bytes);
        if (buffer.remaining() < gap + bytes) {
            byte[] longer = Arrays.copyOf(buffer.array(), 2 * buffer.capacity());
            buffer = ByteBuffer.wrap(longer).order(ByteOrder.nativeOrder()).position(buffer.position());
        }
        buffer.position(buffer.position() + gap);
    }

    /** Returns what was written. All structures of PKCS#11 that are used here end at the boundary of their members. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
