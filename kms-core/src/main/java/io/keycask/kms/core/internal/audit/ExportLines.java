package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditCheckpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8, each ended by one line feed and of a bounded length. What is no such line is given as an empty one,
 * which no format accepts. Used by one thread.
 */
public final class ExportLines implements ExportVerifier.Lines {
    private static final int MAX_LINE_BYTES = 4 * AuditCheckpoint.MAX_LENGTH;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** The lines of this stream, which is not closed. */
    public ExportLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    @Override
    public @Nullable String next() throws IOException {
        line.reset();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        boolean isTooLong = false;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            isTooLong |= line.size() == MAX_LINE_BYTES;
            if (!isTooLong) {
                line.write(next);
            }
        }
        return isTooLong || next < 0 ? "" : decode(line.toByteArray());
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
