package io.keycask.kms.core.internal.audit;

/**
 * Reads what {@link JsonText} writes, member by member in the order that the format defines. It is lenient with
 * spellings: who reads writes again and compares. Used by one thread.
 *
 * <p>Every method throws {@code IllegalArgumentException} if the text goes on in another way.
 */
final class JsonReader {
    private final String json;
    private final String what;
    private int at;

    /** A reader of this text; {@code what} names it when it is refused. */
    JsonReader(String json, String what) {
        this.json = json;
        this.what = what;
    }

    boolean isAt(String text) {
        return json.startsWith(text, at);
    }

    void expect(String text) {
        if (!isAt(text)) {
            throw refused();
        }
        at += text.length();
    }

    /** Takes the text if it comes next; returns whether it did. */
    boolean skip(String text) {
        if (!isAt(text)) {
            return false;
        }
        at += text.length();
        return true;
    }

    String string() {
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

    long number() {
        int start = at;
        while (at < json.length() && (json.charAt(at) == '-' || Character.isDigit(json.charAt(at)))) {
            at++;
        }
        return Long.parseLong(json.substring(start, at));
    }

    /** Returns what is left, but for this many characters at the end. */
    String rest(int without) {
        if (json.length() - without < at) {
            throw refused();
        }
        return json.substring(at, json.length() - without);
    }

    private char next() {
        if (at >= json.length()) {
            throw refused();
        }
        return json.charAt(at++);
    }

    IllegalArgumentException refused() {
        return new IllegalArgumentException("not the canonical form of " + what);
    }
}
