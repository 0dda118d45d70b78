package io.keycask.kms.soft;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Lines of ASCII text that end with a checksum of themselves: {@code crc32 xxxxxxxx\n}, docs/formats.md §6.3.
 *
 * <p>Works on bytes, because the lines may hold a secret. The checksum is against accidents, not against attackers.
 */
final class CheckedText {
    private static final int CHECK_LINE_BYTES = "crc32 xxxxxxxx\n".length();

    private CheckedText() {}

    /** Returns the text with its last line; the caller has to wipe both, if they are secret. */
    static byte[] withChecksum(byte[] text) {
        byte[] whole = Arrays.copyOf(text, text.length + CHECK_LINE_BYTES);
        byte[] line = checkLine(text, text.length);
        System.arraycopy(line, 0, whole, text.length, line.length);
        return whole;
    }

    /** Returns whether the last line is the checksum of the lines before it. */
    static boolean isIntact(byte[] whole) {
        int textBytes = whole.length - CHECK_LINE_BYTES;
        return textBytes >= 0
                && Arrays.equals(whole, textBytes, whole.length, checkLine(whole, textBytes), 0, CHECK_LINE_BYTES);
    }

    private static byte[] checkLine(byte[] text, int textBytes) {
        CRC32 crc = new CRC32();
        crc.update(text, 0, textBytes);
        return ("crc32 " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
