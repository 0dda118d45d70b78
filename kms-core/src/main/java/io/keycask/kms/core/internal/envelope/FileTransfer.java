package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What turns one stream into another, applied to files: progress, cancellation, and an output that is all or nothing. */
interface FileTransfer {
    /** Reads one stream to its end and writes the other; returns the length of the plaintext. */
    long apply(InputStream in, OutputStream out) throws IOException;

    /** Applies this from one file to another. */
    default long run(Path source, Path target, FileOptions options) throws IOException {
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ);
                ProgressInput in = input(channel, options);
                NewFile file = NewFile.create(target, options.isReplacingExisting())) {
            return run(in, file);
        }
    }

    /** Applies this to a file in place; it keeps its permissions. */
    default long runInPlace(Path path, FileOptions options) throws IOException {
        Path real = path.toRealPath();
        try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ);
                ProgressInput in = input(channel, options);
                NewFile file = NewFile.create(real, true)) {
            file.copyPermissionsOf(real);
            return run(in, file);
        }
    }

    private static ProgressInput input(FileChannel channel, FileOptions options) throws IOException {
        return new ProgressInput(Channels.newInputStream(channel), options.listener(), channel.size());
    }

    private long run(ProgressInput in, NewFile file) throws IOException {
        long length = apply(in, file.output());
        in.report();
        file.commit();
        return length;
    }
}
