package io.keycask.kms.core.internal.envelope;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The input of a file operation, which counts what is read. */
final class ProgressInput extends FilterInputStream {
    private final Progress progress;

    ProgressInput(InputStream in, Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            progress.add(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        progress.add(Math.max(read, 0));
        return read;
    }
}
