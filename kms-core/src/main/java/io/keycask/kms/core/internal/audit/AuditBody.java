package io.keycask.kms.core.internal.audit;

import io.keycask.kms.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of an event: JSON text with the members in the order of their names, without white space
 * ({@code docs/formats.md} §8.1).
 */
public final class AuditBody {
    private static final int FORMAT = 1;
    private static final String WRITE = "Write";
    private static final String READ = "Read";
    private static final String HEX = "0123456789abcdef";
    private static final int TYPICAL_LENGTH = 320;

    private AuditBody() {}

    /** Returns the UTF-8 bytes of the canonical form. */
    public static byte[] encode(AuditEvent event) {
        StringBuilder json = new StringBuilder(TYPICAL_LENGTH);
        member(json, '{', "action", event.isWrite() ? WRITE : READ);
        member(json, ',', "caller", event.caller());
        member(json, ',', "code", event.code());
        json.append(",\"details\":{");
        char separator = ' ';
        for (Map.Entry<String, String> detail : sorted(event.details()).entrySet()) {
            if (separator == ',') {
                json.append(',');
            }
            separator = ',';
            string(json, detail.getKey());
            json.append(':');
            string(json, detail.getValue());
        }
        json.append('}');
        member(json, ',', "id", event.id().toString());
        KeyId key = event.keyId();
        if (key != null) {
            member(json, ',', "key", key.toString());
        }
        member(json, ',', "name", event.name());
        json.append(",\"time\":").append(event.time().toEpochMilli());
        json.append(",\"v\":").append(FORMAT).append('}');
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the event that this body describes.
     *
     * @throws IllegalArgumentException if the body is not exactly what {@link #encode} writes
     */
    public static AuditEvent decode(byte[] body) {
        AuditEvent event = new Reader(new String(body, StandardCharsets.UTF_8)).event();
        if (!Arrays.equals(encode(event), body)) {
            throw new IllegalArgumentException("not the canonical form of an audit event");
        }
        return event;
    }

    private static Map<String, String> sorted(Map<String, String> details) {
        return details.size() < 2 ? details : new TreeMap<>(details);
    }

    private static void member(StringBuilder json, char separator, String name, String value) {
        json.append(separator).append('"').append(name).append("\":");
        string(json, value);
    }

    private static void string(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && !isPaired(value, i))) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX.charAt((c >> shift) & 0xf));
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isPaired(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }

    /** Reads the canonical form and nothing else: what differs from it in any byte is refused by {@link #decode}. */
    private static final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
        }

        AuditEvent event() {
            String action = member("{\"action\":");
            String caller = member(",\"caller\":");
            String code = member(",\"code\":");
            expect(",\"details\":{");
            Map<String, String> details = new TreeMap<>();
            while (!json.startsWith("}", at)) {
                if (!details.isEmpty()) {
                    expect(",");
                }
                String name = string();
                expect(":");
                details.put(name, string());
            }
            expect("}");
            UUID id = UUID.fromString(member(",\"id\":"));
            String keyStart = ",\"key\":";
            @Nullable KeyId key = json.startsWith(keyStart, at) ? new KeyId(UUID.fromString(member(keyStart))) : null;
            String name = member(",\"name\":");
            expect(",\"time\":");
            int end = json.indexOf(',', at);
            if (end < 0) {
                throw refused();
            }
            Instant time = Instant.ofEpochMilli(Long.parseLong(json.substring(at, end)));
            return new AuditEvent(id, time, name, action.equals(WRITE), caller, key, code, Map.copyOf(details));
        }

        private String member(String start) {
            expect(start);
            return string();
        }

        private void expect(String text) {
            if (!json.startsWith(text, at)) {
                throw refused();
            }
            at += text.length();
        }

        private String string() {
            expect("\"");
            StringBuilder value = new StringBuilder();
            for (char c = next(); c != '"'; c = next()) {
                if (c == '\\') {
                    c = next();
                    if (c == 'u' && at + 4 <= json.length()) {
                        c = (char) Integer.parseInt(json.substring(at, at + 4), 16);
                        at += 4;
                    }
                }
                value.append(c);
            }
            return value.toString();
        }

        private char next() {
            if (at >= json.length()) {
                throw refused();
            }
            return json.charAt(at++);
        }

        private static IllegalArgumentException refused() {
            return new IllegalArgumentException("not the canonical form of an audit event");
        }
    }
}
