package io.keycask.kms.soft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content of a root-key file: three lines of text that can be printed and locked away, docs/formats.md §6.3.
 *
 * <pre>
 * keycask-root-key 1
 * key 000102…1e1f
 * crc32 01234567
 * </pre>
 */
final class RootKeyFile {
    private static final byte[] START = "keycask-root-key 1\nkey ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT_BYTES = START.length + 2 * SealingKeys.ROOT_KEY_BYTES + 1;

    /** The length of every file of this version. */
    static final int BYTES = TEXT_BYTES + "crc32 xxxxxxxx\n".length();

    private RootKeyFile() {}

    static byte[] serialize(byte[] rootKey) {
        ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES).put(START);
        for (byte b : rootKey) {
            text.put(HEX[(b >> 4) & 0xf]).put(HEX[b & 0xf]);
        }
        text.put((byte) '\n');
        byte[] whole = CheckedText.withChecksum(text.array());
        Arrays.fill(text.array(), (byte) 0);
        return whole;
    }

    /** Returns the root key; empty if these are not exactly the bytes that {@link #serialize} makes of some key. */
    static Optional<byte[]> parse(byte[] whole) {
        // SOFT-8: nothing but the one form is read, so that a damaged file never becomes another key
        if (whole.length != BYTES || !CheckedText.isIntact(whole)) {
            return Optional.empty();
        }
        byte[] rootKey = new byte[SealingKeys.ROOT_KEY_BYTES];
        for (int i = 0; i < rootKey.length; i++) {
            int high = Character.digit(whole[START.length + 2 * i], 16);
            int low = Character.digit(whole[START.length + 2 * i + 1], 16);
            rootKey[i] = (byte) (high << 4 | low);
        }
        byte[] canonical = serialize(rootKey);
        boolean isCanonical = Arrays.equals(canonical, whole);
        Arrays.fill(canonical, (byte) 0);
        if (!isCanonical) {
            Arrays.fill(rootKey, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(rootKey);
    }
}
