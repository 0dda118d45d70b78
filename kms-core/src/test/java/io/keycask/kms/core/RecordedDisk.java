package io.keycask.kms.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was on the disk at every moment of a program's life, from the system calls that {@code strace -f -xx} recorded.
 *
 * <p>A write reaches the disk for sure when a later {@code fsync} of its file has returned; until then it may or may not.
 * That is the difference between a process that is killed, whose writes the kernel still has, and a power cut.
 */
final class RecordedDisk {
    private static final Pattern CALL = Pattern.compile("^\\d+ +(\\w+)\\((.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>.*= (-?\\d+).*$");
    private static final Pattern OPEN = Pattern.compile("^AT_FDCWD, \"([^\"]*)\".*= (\\d+)$");
    private static final Pattern UNLINK = Pattern.compile("^\"([^\"]*)\".*$");
    private static final Pattern WRITE = Pattern.compile("^(\\d+), \"([^\"]*)\", (\\d+)(?:, (\\d+))?.*$");
    private static final Pattern TRUNCATE = Pattern.compile("^(\\d+), (\\d+).*$");
    private static final Pattern DESCRIPTOR = Pattern.compile("^(\\d+).*$");

    private final Path store;
    private final Map<Integer, String> open = new HashMap<>();
    private final Map<String, String> unfinished = new HashMap<>();
    private final Map<String, RecordedFile> files = new HashMap<>();

    /** The disk under the files whose names begin with this one. */
    RecordedDisk(Path store) {
        this.store = store;
    }

    /** Plays the recording; the consumer is told whatever the program printed, at the moment when it did. */
    void play(Path recording, Consumer<String> printed) throws IOException {
        for (String line : Files.readAllLines(recording, StandardCharsets.ISO_8859_1)) {
            Matcher resumed = RESUMED.matcher(line);
            if (resumed.matches()) {
                String begun = unfinished.remove(resumed.group(1) + resumed.group(2));
                if (begun != null) {
                    call(resumed.group(2), begun + " = " + resumed.group(3), printed);
                }
                continue;
            }
            Matcher call = CALL.matcher(line);
            if (call.matches() && line.endsWith("<unfinished ...>")) {
                String pid = line.substring(0, line.indexOf(' '));
                unfinished.put(pid + call.group(1), call.group(2).replace("<unfinished ...>", ""));
            } else if (call.matches() && !line.contains(" = -1 ")) {
                call(call.group(1), call.group(2), printed);
            }
        }
    }

    private void call(String name, String arguments, Consumer<String> printed) {
        switch (name) {
            case "openat" -> {
                Matcher m = OPEN.matcher(arguments);
                if (m.matches()) {
                    open.put(Integer.parseInt(m.group(2)), text(m.group(1)));
                }
            }
            case "unlink" -> {
                Matcher m = UNLINK.matcher(arguments);
                if (m.matches()) {
                    files.remove(text(m.group(1)));
                }
            }
            case "close" -> open.remove(descriptor(arguments));
            case "write", "pwrite64" -> write(arguments, printed);
            case "ftruncate" -> {
                Matcher m = TRUNCATE.matcher(arguments);
                if (m.matches()) {
                    int length = Integer.parseInt(m.group(2));
                    ours(Integer.parseInt(m.group(1)), file -> file.truncate(length));
                }
            }
            case "fsync", "fdatasync" -> ours(descriptor(arguments), RecordedFile::sync);
            default -> throw new IllegalArgumentException("not recorded on purpose: " + name);
        }
    }

    private void write(String arguments, Consumer<String> printed) {
        Matcher m = WRITE.matcher(arguments);
        if (!m.matches()) {
            return;
        }
        int descriptor = Integer.parseInt(m.group(1));
        if (descriptor == 1) {
            printed.accept(text(m.group(2)));
        } else if (m.group(4) != null) {
            ours(descriptor, file -> file.write(Integer.parseInt(m.group(4)), bytes(m.group(2))));
        }
    }

    private void ours(int descriptor, Consumer<RecordedFile> action) {
        String path = open.get(descriptor);
        boolean isOurs = path != null && path.startsWith(store.toString());
        if (isOurs && !path.endsWith("-shm")) { // which SQLite makes anew when it opens a store
            action.accept(files.computeIfAbsent(path, p -> new RecordedFile()));
        }
    }

    /** Writes what is on the disk now, and each write that may be there with probability one half, to another folder. */
    void writeTo(Path target, RandomGenerator random, boolean syncsCount) throws IOException {
        for (Map.Entry<String, RecordedFile> file : files.entrySet()) {
            Path name = Path.of(file.getKey()).getFileName();
            Files.write(target.resolve(name), file.getValue().afterPowerCut(random, syncsCount));
        }
    }

    private static int descriptor(String arguments) {
        Matcher m = DESCRIPTOR.matcher(arguments);
        return m.matches() ? Integer.parseInt(m.group(1)) : -1;
    }

    private static String text(String escaped) {
        return new String(bytes(escaped), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String escaped) {
        return HexFormat.of().parseHex(escaped.replace("\\x", ""));
    }

    /** One file: what is on the disk for sure, and the changes since then. */
    private static final class RecordedFile {
        private byte[] synced = new byte[0];
        private final List<Change> since = new ArrayList<>();
        private final List<Change> all = new ArrayList<>();

        private interface Change {
            byte[] apply(byte[] contents);
        }

        void write(int offset, byte[] bytes) {
            add(contents -> {
                byte[] next = Arrays.copyOf(contents, Math.max(contents.length, offset + bytes.length));
                System.arraycopy(bytes, 0, next, offset, bytes.length);
                return next;
            });
        }

        void truncate(int length) {
            add(contents -> Arrays.copyOf(contents, length));
        }

        private void add(Change change) {
            since.add(change);
            all.add(change);
        }

        void sync() {
            for (Change change : since) {
                synced = change.apply(synced);
            }
            since.clear();
        }

        byte[] afterPowerCut(RandomGenerator random, boolean syncsCount) {
            byte[] contents = syncsCount ? synced : new byte[0];
            for (Change change : syncsCount ? since : all) {
                if (random.nextBoolean()) {
                    contents = change.apply(contents);
                }
            }
            return contents;
        }
    }
}
