package io.keycask.kms.core.internal.envelope;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that passes everything on but the closing. */
final class UnclosedInput extends FilterInputStream {
    UnclosedInput(InputStream in) {
        super(in);
    }

    @Override
    public int readNBytes(byte[] bytes, int offset, int length) throws IOException {
        return in.readNBytes(bytes, offset, length);
    }

    @Override
    public void close() {
        // the stream is its owner's to close
    }
}
