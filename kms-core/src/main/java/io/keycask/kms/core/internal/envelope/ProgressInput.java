package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.FileOptions.ProgressListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;

/** The input of a file operation, which tells a listener how much of it is done, every megabyte and at the end. */
final class ProgressInput extends FilterInputStream {
    private static final int STEP_BYTES = 1024 * 1024;

    private final ProgressListener listener;
    private final long totalBytes;
    private long doneBytes;
    private long reportedBytes;

    ProgressInput(InputStream in, ProgressListener listener, long totalBytes) {
        super(in);
        this.listener = listener;
        this.totalBytes = totalBytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        doneBytes += read;
        if (doneBytes - reportedBytes >= STEP_BYTES) {
            report();
        }
    }

    /**
     * Reports what is done.
     *
     * @throws CancellationException if the listener does not want to go on
     */
    void report() {
        reportedBytes = doneBytes;
        if (!listener.onProgress(doneBytes, totalBytes)) {
            throw new CancellationException("cancelled by the listener");
        }
    }
}
