package io.keycask.kms.pkcs11.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** How structures lie in memory where a {@code CK_ULONG} has 8 bytes, and where it has 4 and nothing is aligned. */
final class CkLayoutTest {
    private static final CkLayout LP64 = new CkLayout(8, false);
    private static final CkLayout WINDOWS = new CkLayout(4, true);
    private static final CkLayout ALIGNED_32 = new CkLayout(4, false);
    private static final long ADDRESS = 0x1122_3344_5566_7788L;

    /** CK_ATTRIBUTE and CK_MECHANISM: a number, an address, a length. */
    private static ByteBuffer attribute(CkLayout layout) {
        return buffer(layout.writer().ulong(0x161).pointer(ADDRESS).ulong(4).toBytes());
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    @Test
    void attribute_lp64_hasMembersOfEightBytes() {
        ByteBuffer attribute = attribute(LP64);

        assertThat(attribute.capacity()).isEqualTo(24);
        assertThat(attribute.getLong(0)).isEqualTo(0x161);
        assertThat(attribute.getLong(8)).isEqualTo(ADDRESS);
        assertThat(attribute.getLong(16)).isEqualTo(4);
    }

    @Test
    void attribute_windows_hasNoGaps() {
        ByteBuffer attribute = attribute(WINDOWS);

        assertThat(attribute.capacity()).isEqualTo(16);
        assertThat(attribute.getInt(0)).isEqualTo(0x161);
        assertThat(attribute.getLong(4)).isEqualTo(ADDRESS);
        assertThat(attribute.getInt(12)).isEqualTo(4);
    }

    @Test
    void attribute_fourBytesNotPacked_alignsTheAddress() {
        ByteBuffer attribute = attribute(ALIGNED_32);

        assertThat(attribute.getInt(0)).isEqualTo(0x161);
        assertThat(attribute.getLong(8)).isEqualTo(ADDRESS);
        assertThat(attribute.getInt(16)).isEqualTo(4);
    }

    @Test
    void structure_longerThanTheBuffer_isWrittenWhole() {
        for (CkLayout layout : new CkLayout[] {LP64, WINDOWS}) {
            StructWriter writer = layout.writer();
            for (int i = 0; i < 100; i++) {
                writer.ulong(i);
            }
            byte[] bytes = writer.toBytes();

            assertThat(bytes).hasSize(100 * layout.ulongBytes());
            for (int i = 0; i < 100; i++) {
                assertThat(layout.readUlong(bytes, i * layout.ulongBytes())).isEqualTo(i);
            }
        }
    }

    @Test
    void ulong_ofFourBytes_isUnsignedAndIgnoresTheRestOfTheRegister() {
        assertThat(WINDOWS.ulong(0xDEAD_BEEF_8000_0001L)).isEqualTo(0x8000_0001L);
        assertThat(LP64.ulong(0xDEAD_BEEF_8000_0001L)).isEqualTo(0xDEAD_BEEF_8000_0001L);
        assertThat(WINDOWS.readUlong(WINDOWS.ulongValue(0xFFFF_FFFFL), 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(LP64.readUlong(LP64.ulongValue(-1), 0)).isEqualTo(-1);
        assertThat(WINDOWS.ulongValue(1)).hasSize(4);
        assertThat(LP64.ulongValue(1)).hasSize(8);
    }
}
