package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.FileOptions.ProgressListener;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Tells a listener how much of a file operation is done, every megabyte and at the end, on the thread that began it. */
final class Progress {
    private static final int STEP_BYTES = 1024 * 1024;

    private final Thread thread = Thread.currentThread();
    private final ProgressListener listener;
    private final long totalBytes;
    private final AtomicLong doneBytes = new AtomicLong();
    private long reportedBytes;

    Progress(ProgressListener listener, long totalBytes) {
        this.listener = listener;
        this.totalBytes = totalBytes;
    }

    /**
     * Counts bytes of the input, on any thread.
     *
     * @throws CancellationException if the listener does not want to go on
     */
    void add(long bytes) {
        long done = doneBytes.addAndGet(bytes);
        if (Thread.currentThread() == thread && done - reportedBytes >= STEP_BYTES) {
            report();
        }
    }

    /** Counts what was not counted yet: headers, and what makes content a frame. */
    void complete() {
        doneBytes.set(totalBytes);
    }

    /**
     * Reports what is done.
     *
     * @throws CancellationException if the listener does not want to go on
     */
    void report() {
        reportedBytes = doneBytes.get();
        if (!listener.onProgress(reportedBytes, totalBytes)) {
            throw new CancellationException("cancelled by the listener");
        }
    }
}
