package io.keycask.kms.pkcs11.binding;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for the arguments and results of one call after the other; wiped between them.
 *
 * <p>It begins with {@value #FIRST_BYTES} bytes that are used again, so that the common call allocates nothing. Belongs
 * to one thread at a time.
 */
public final class NativeArena {
    private static final int FIRST_BYTES = 16_384;
    private static final int ALIGNMENT = 16;

    private final Memory first = new Memory(FIRST_BYTES);
    private final List<Memory> more = new ArrayList<>();
    private long used;

    /** Native memory of its own. */
    public NativeArena() {
        first.clear();
    }

    /** A piece of native memory. It is valid until the arena is wiped. */
    public static final class Area {
        private final Pointer pointer;

        Area(Pointer pointer) {
            this.pointer = pointer;
        }

        /** Returns the address. */
        public long address() {
            return Pointer.nativeValue(pointer);
        }

        /** Returns a copy of the first bytes. */
        public byte[] read(int length) {
            return pointer.getByteArray(0, length);
        }

        /** Returns the {@code CK_ULONG} that it begins with. */
        public long ulong(CkLayout layout) {
            return layout.readUlong(read(layout.ulongBytes()), 0);
        }
    }

    /** Returns memory of this size, filled with zeros. */
    public Area reserve(int bytes) {
        if (bytes <= FIRST_BYTES - used) {
            Area area = new Area(first.share(used));
            used += (bytes + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
            return area;
        }
        Memory own = new Memory(Math.max(bytes, 1));
        own.clear();
        more.add(own);
        return new Area(own);
    }

    /** Returns memory that holds these bytes. */
    public Area put(byte[] bytes) {
        Area area = reserve(bytes.length);
        area.pointer.write(0, bytes, 0, bytes.length);
        return area;
    }

    /** Wipes everything; what was reserved must not be used any more. */
    public void wipe() {
        if (used > 0) {
            first.clear(Math.min(used, FIRST_BYTES));
            used = 0;
        }
        more.forEach(Memory::clear);
        more.clear();
    }
}
