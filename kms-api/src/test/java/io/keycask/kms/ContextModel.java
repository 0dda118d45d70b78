package io.keycask.kms;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The serialization of an encryption context once more, written down as simply as possible from the message format's
 * specification: the oracle of {@link EncryptionContextPropertiesTest}.
 */
final class ContextModel {
    private ContextModel() {}

    static byte[] serialize(Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return new byte[0];
        }
        List<Map.Entry<String, String>> sorted = new ArrayList<>(pairs.entrySet());
        // equal-width hexadecimal digits sort like the unsigned bytes that they stand for
        sorted.sort(Comparator.comparing(pair -> HexFormat.of().formatHex(utf8(pair.getKey()))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, sorted.size());
        sorted.forEach(pair -> {
            text(out, pair.getKey());
            text(out, pair.getValue());
        });
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = utf8(text);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int number) {
        out.write(number >> 8);
        out.write(number);
    }

    /** UTF-8 by the table of RFC 3629 §3. */
    private static byte[] utf8(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                out.write(c);
            } else if (c < 0x800) {
                out.write(0xc0 | (c >> 6));
                out.write(0x80 | (c & 0x3f));
            } else if (c < 0x10000) {
                out.write(0xe0 | (c >> 12));
                out.write(0x80 | (c >> 6 & 0x3f));
                out.write(0x80 | (c & 0x3f));
            } else {
                out.write(0xf0 | (c >> 18));
                out.write(0x80 | (c >> 12 & 0x3f));
                out.write(0x80 | (c >> 6 & 0x3f));
                out.write(0x80 | (c & 0x3f));
            }
        });
        return out.toByteArray();
    }
}
