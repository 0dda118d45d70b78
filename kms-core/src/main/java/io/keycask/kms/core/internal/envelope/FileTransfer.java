package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What turns one file into another, with progress, cancellation, and an output that is all or nothing. */
interface FileTransfer {
    /** Reads one file to its end and writes the other; returns the length of the plaintext. */
    long apply(FileChannel in, FileChannel out, Progress progress) throws IOException;

    /** What turns one stream into another. */
    interface Streams {
        long apply(InputStream in, OutputStream out) throws IOException;
    }

    /** Applies streams to files. */
    static long stream(FileChannel in, FileChannel out, Progress progress, Streams streams) throws IOException {
        return streams.apply(new ProgressInput(Channels.newInputStream(in), progress), Channels.newOutputStream(out));
    }

    /** Applies this from one file to another. */
    default long run(Path source, Path target, FileOptions options) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                NewFile file = NewFile.create(target, options.isReplacingExisting())) {
            return run(in, file, options);
        }
    }

    /** Applies this to a file in place; it keeps its permissions. */
    default long runInPlace(Path path, FileOptions options) throws IOException {
        Path real = path.toRealPath();
        try (FileChannel in = FileChannel.open(real, StandardOpenOption.READ);
                NewFile file = NewFile.create(real, true)) {
            file.copyPermissionsOf(real);
            return run(in, file, options);
        }
    }

    private long run(FileChannel in, NewFile file, FileOptions options) throws IOException {
        Progress progress = new Progress(options.listener(), in.size());
        long length = apply(in, file.channel(), progress);
        progress.report();
        file.commit();
        return length;
    }
}
