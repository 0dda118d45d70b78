package io.keycask.kms.core.internal.audit;

/**
 * Writes the canonical JSON of this package: no white space, and one spelling for every text ({@code docs/formats.md}
 * §8.1). Used by one thread.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json;

    JsonText(int typicalLength) {
        json = new StringBuilder(typicalLength);
    }

    JsonText raw(String text) {
        json.append(text);
        return this;
    }

    JsonText number(long value) {
        json.append(value);
        return this;
    }

    JsonText string(String value) {
        json.append('"');
        int plain = plainLength(value);
        json.append(value, 0, plain);
        for (int i = plain; i < value.length(); i++) {
            escape(value, i);
        }
        json.append('"');
        return this;
    }

    /** Returns how many characters stand for themselves before the first that may not. */
    private static int plainLength(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return i;
            }
        }
        return length;
    }

    private void escape(String value, int at) {
        char c = value.charAt(at);
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c < ' ' || (Character.isSurrogate(c) && !isPaired(value, at))) {
            json.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                json.append(HEX.charAt((c >> shift) & 0xf));
            }
        } else {
            json.append(c);
        }
    }

    private static boolean isPaired(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
