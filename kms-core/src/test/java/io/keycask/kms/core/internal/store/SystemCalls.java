package io.keycask.kms.core.internal.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace -f -y -xx} recorded of writes and syncs, in the order in which they ended. */
final class SystemCalls {
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((\\d+)<([^>]*)>");
    private static final Pattern OFFSET = Pattern.compile(", \\d+(?:, (\\d+))?\\)? *");
    private static final int STANDARD_OUTPUT = 1;

    private SystemCalls() {}

    /** One call that succeeded: bytes written at an offset, a new length, or a sync. */
    static final class Call {
        private final String name;
        private final int descriptor;
        private final String path;
        private final byte[] bytes;
        private final long number;

        private Call(String name, int descriptor, String path, byte[] bytes, long number) {
            this.name = name;
            this.descriptor = descriptor;
            this.path = path;
            this.bytes = bytes;
            this.number = number;
        }

        String name() {
            return name;
        }

        String path() {
            return path;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Returns the offset of a write or the length after a truncation. */
        int number() {
            return (int) number;
        }

        boolean isOutput() {
            return name.equals("write") && descriptor == STANDARD_OUTPUT;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static List<Call> parse(Path trace) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, String> unfinished = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    whole(parts.group(1), parts.group(2), unfinished)
                            .flatMap(SystemCalls::call)
                            .ifPresent(calls::add);
                }
            }
        }
        return calls;
    }

    /** A call that another thread's calls came between is two lines; it counts where it ends. */
    private static Optional<String> whole(String thread, String text, Map<String, String> unfinished) {
        if (text.endsWith(UNFINISHED)) {
            unfinished.put(thread, text.substring(0, text.length() - UNFINISHED.length()));
            return Optional.empty();
        }
        Matcher resumed = RESUMED.matcher(text);
        return Optional.of(resumed.matches() ? unfinished.remove(thread) + resumed.group(1) : text);
    }

    private static Optional<Call> call(String text) {
        Matcher head = CALL.matcher(text);
        int end = text.lastIndexOf(" = ");
        if (end < 0 || text.startsWith("-", end + 3) || !head.lookingAt()) {
            return Optional.empty();
        }
        String arguments = text.substring(head.end(), end);
        byte[] bytes = new byte[0];
        long number = 0;
        int quote = arguments.lastIndexOf('"');
        if (quote > 0) {
            bytes = bytes(arguments.substring(arguments.indexOf('"') + 1, quote));
            Matcher offset = OFFSET.matcher(arguments.substring(quote + 1));
            number = offset.matches() && offset.group(1) != null ? Long.parseLong(offset.group(1)) : 0;
        } else if (head.group(1).equals("ftruncate")) {
            number = Long.parseLong(arguments.replaceAll("\\D", ""));
        }
        return Optional.of(
                new Call(head.group(1), Integer.parseInt(head.group(2)), path(head.group(3)), bytes, number));
    }

    /** Returns the bytes that strace wrote as {@code \x0a\xff…}. */
    private static byte[] bytes(String escaped) {
        byte[] bytes = new byte[escaped.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) HexFormat.fromHexDigits(escaped, 4 * i + 2, 4 * i + 4);
        }
        return bytes;
    }

    private static String path(String text) {
        return text.startsWith("\\x") ? new String(bytes(text), StandardCharsets.UTF_8) : text;
    }
}
