package io.keycask.kms.pkcs11.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the structures of PKCS#11 lie in memory on one platform: 4 or 8 bytes for a {@code CK_ULONG}, members at their
 * natural boundaries or packed (PKCS #11 v2.40 §2.1: packed to one byte on Windows). Addresses have 8 bytes.
 *
 * @param ulongBytes the size of a {@code CK_ULONG}
 * @param isPacked whether members follow each other without a gap
 */
public record CkLayout(int ulongBytes, boolean isPacked) {
    /** The size of an address. */
    public static final int POINTER_BYTES = 8;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** Returns the layout of the platform that this runs on. */
    static CkLayout ofThisPlatform() {
        if (Native.POINTER_SIZE != POINTER_BYTES) {
            throw new IllegalStateException(
                    "PKCS#11 needs a 64-bit JVM; this one has addresses of " + 8 * Native.POINTER_SIZE + " bits");
        }
        return Platform.isWindows() ? new CkLayout(Integer.BYTES, true) : new CkLayout(Native.LONG_SIZE, false);
    }

    /** Returns the part of a register that is a {@code CK_ULONG}. */
    public long ulong(long register) {
        return ulongBytes == Integer.BYTES ? register & LOW_HALF : register;
    }

    /** Returns a writer of one structure after the other. */
    public StructWriter writer() {
        return new StructWriter(this);
    }

    /** Returns a {@code CK_ULONG} as bytes, for example as the value of an attribute. */
    public byte[] ulongValue(long value) {
        return writer().ulong(value).toBytes();
    }

    /** Returns the {@code CK_ULONG} that these bytes are. */
    public long readUlong(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return ulongBytes == Integer.BYTES ? Integer.toUnsignedLong(buffer.getInt(offset)) : buffer.getLong(offset);
    }
}
