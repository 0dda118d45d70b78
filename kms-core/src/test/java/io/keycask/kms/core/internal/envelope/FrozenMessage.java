package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message of {@code vectors/envelope-1.json}, which an independent program wrote and which is never changed. */
record FrozenMessage(Map<String, String> members) {
    private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": \"([^\"]*)\"");

    /** Returns the messages of the file, whose JSON is flat objects of plain strings. */
    static List<FrozenMessage> all() {
        List<FrozenMessage> messages = new ArrayList<>();
        Matcher object = OBJECT.matcher(file());
        while (object.find()) {
            Map<String, String> members = new TreeMap<>();
            Matcher member = MEMBER.matcher(object.group(1));
            while (member.find()) {
                members.put(member.group(1), member.group(2));
            }
            messages.add(new FrozenMessage(members));
        }
        return messages;
    }

    private static String file() {
        try (InputStream in = FrozenMessage.class.getResourceAsStream("/vectors/envelope-1.json")) {
            if (in == null) {
                throw new AssertionError("no vectors");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String comment() {
        return text("comment");
    }

    boolean isValid() {
        return text("result").equals("valid");
    }

    /** Returns whether we write exactly these bytes, given the data key and the message id. */
    boolean isWritten() {
        return text("written").equals("yes");
    }

    int frameLength() {
        return Integer.parseInt(text("frameLength"));
    }

    /** Returns the context of the caller. */
    EncryptionContext context() {
        return EncryptionContext.parse(hex("context"));
    }

    byte[] messageId() {
        return hex("messageId");
    }

    byte[] dataKey() {
        return hex("dataKey");
    }

    byte[] plaintext() {
        return hex("plaintext");
    }

    byte[] message() {
        return hex("message");
    }

    /** Returns an opener that knows the data key, whatever the message says. */
    KeyOpener keys() {
        return new KeyOpener() {
            @Override
            public <T> T open(MessageHeader header, Function<byte[], T> action) {
                return action.apply(dataKey());
            }
        };
    }

    private String text(String name) {
        String value = members.get(name);
        if (value == null) {
            throw new AssertionError("no member " + name);
        }
        return value;
    }

    private byte[] hex(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    @Override
    public String toString() {
        return text("id") + ": " + comment();
    }
}
