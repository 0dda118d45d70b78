package io.keycask.kms.core.internal.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The files of a database on a disk, and what was written to them and not synced yet. */
final class Disk {
    private static final String DATABASE = "keys.db";

    private final Map<String, byte[]> synced;
    private final Map<String, List<SystemCalls.Call>> unsynced = new HashMap<>();

    Disk(Map<String, byte[]> synced) {
        this.synced = new HashMap<>(synced);
    }

    void apply(SystemCalls.Call call) {
        Path name = Path.of(call.path()).getFileName();
        if (name == null
                || !name.toString().startsWith(DATABASE)
                || name.toString().endsWith("-shm")) {
            return; // the index of the log is made again from the log
        }
        List<SystemCalls.Call> waiting = unsynced.computeIfAbsent(name.toString(), file -> new ArrayList<>());
        if (call.name().endsWith("sync")) {
            synced.put(name.toString(), changed(synced.get(name.toString()), waiting));
            waiting.clear();
        } else {
            waiting.add(call);
        }
    }

    /** Returns the files as they are if nothing reached the disk that did not have to. */
    Map<String, byte[]> synced() {
        return Map.copyOf(synced);
    }

    /** Returns the files as they are if every write that did not have to reach the disk did so by chance. */
    Map<String, byte[]> syncedAndHalfOfTheRest(Random random) {
        Map<String, byte[]> files = new HashMap<>(synced);
        unsynced.forEach((file, calls) -> files.put(
                file,
                changed(
                        synced.get(file),
                        calls.stream().filter(call -> random.nextBoolean()).toList())));
        return files;
    }

    private static byte[] changed(byte @Nullable [] before, List<SystemCalls.Call> calls) {
        byte[] content = before == null ? new byte[0] : before.clone();
        for (SystemCalls.Call call : calls) {
            if (call.name().equals("ftruncate")) {
                content = Arrays.copyOf(content, call.number());
            } else {
                int end = call.number() + call.bytes().length;
                content = end > content.length ? Arrays.copyOf(content, end) : content;
                System.arraycopy(call.bytes(), 0, content, call.number(), call.bytes().length);
            }
        }
        return content;
    }
}
