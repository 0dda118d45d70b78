package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * How a file is encrypted or decrypted.
 *
 * <p>Immutable: every method returns a changed copy.
 */
public final class FileOptions {
    private static final FileOptions STANDARD = new FileOptions(false, (done, total) -> true);

    private final boolean replaceExisting;
    private final ProgressListener listener;

    private FileOptions(boolean replaceExisting, ProgressListener listener) {
        this.replaceExisting = replaceExisting;
        this.listener = listener;
    }

    /** Returns the standard options: an existing output is refused, nobody listens. */
    public static FileOptions standard() {
        return STANDARD;
    }

    /** Returns these options with an existing output replaced. */
    public FileOptions replaceExisting() {
        return new FileOptions(true, listener);
    }

    /** Returns these options with a listener that is told about the progress and can cancel. */
    public FileOptions listener(ProgressListener listener) {
        return new FileOptions(replaceExisting, requireNonNull(listener, "listener"));
    }

    /** Returns whether an existing output is replaced. */
    public boolean isReplacingExisting() {
        return replaceExisting;
    }

    /** Returns the listener. */
    public ProgressListener listener() {
        return listener;
    }

    /** Is told about the progress of a file operation, and can cancel it. */
    @FunctionalInterface
    public interface ProgressListener {
        /**
         * Takes note of the progress, on the calling thread; called after every few frames and at the end.
         *
         * @param doneBytes how many bytes of the input are done
         * @param totalBytes how many bytes the input had when it was opened
         * @return whether to go on; false cancels the operation, and no output is left behind
         */
        boolean onProgress(long doneBytes, long totalBytes);
    }
}
