package io.keycask.kms.soft;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frozen files in {@code src/test/resources/vectors}, which were written by an independent program (Python with
 * pyca/cryptography) and are never changed.
 */
final class Vectors {
    private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": \"([^\"]*)\"");

    private Vectors() {}

    static byte[] bytes(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new AssertionError("no vectors " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the objects of a file of flat objects of plain strings, which is all the JSON there is. */
    static List<Frozen> objects(String name) {
        List<Frozen> objects = new ArrayList<>();
        Matcher object = OBJECT.matcher(new String(bytes(name), StandardCharsets.UTF_8));
        while (object.find()) {
            Map<String, String> members = new TreeMap<>();
            Matcher member = MEMBER.matcher(object.group(1));
            while (member.find()) {
                members.put(member.group(1), member.group(2));
            }
            objects.add(new Frozen(members));
        }
        return objects;
    }

    record Frozen(Map<String, String> members) {
        String text(String name) {
            String value = members.get(name);
            if (value == null) {
                throw new AssertionError("no member " + name);
            }
            return value;
        }

        byte[] hex(String name) {
            return HexFormat.of().parseHex(text(name));
        }

        boolean isValid() {
            return text("result").equals("valid");
        }

        @Override
        public String toString() {
            return text("id") + ": " + text("comment");
        }
    }
}
