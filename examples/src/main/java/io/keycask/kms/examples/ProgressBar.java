package io.keycask.kms.examples;

import io.keycask.kms.FileOptions.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** A bar that grows while a file operation runs, and then says how fast it was. It only ever appends to its line, so that it reads well in a log too. */
final class ProgressBar implements ProgressListener {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final BooleanSupplier cancelled;
    private final long start = System.nanoTime();
    private int drawn;

    ProgressBar(PrintStream out, String title, BooleanSupplier cancelled) {
        this.out = out;
        this.cancelled = cancelled;
        out.printf("%-10s[", title);
        out.flush();
    }

    @Override
    public boolean onProgress(long doneBytes, long totalBytes) {
        drawUpTo(totalBytes == 0 ? WIDTH : (int) Math.min(WIDTH, doneBytes * WIDTH / totalBytes));
        return !cancelled.getAsBoolean();
    }

    /** Completes the line of an operation on that many bytes. */
    void finish(long bytes) {
        drawUpTo(WIDTH);
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(Locale.ROOT, "] %s in %.2f s, %.0f MB/s%n", size(bytes), seconds, bytes / 1e6 / seconds);
    }

    private void drawUpTo(int length) {
        while (drawn < length) {
            out.print('#');
            drawn++;
        }
        out.flush();
    }

    /** Returns a number of bytes as people read it. */
    static String size(long bytes) {
        return bytes < 1_000_000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
