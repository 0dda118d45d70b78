package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.EnvelopeDecryptor;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** On how many threads the frames of one message are worked on. Immutable. */
final class Parallelism {
    /** The calling thread does everything. */
    static final Parallelism NONE = new Parallelism(Runnable::run, 1);

    /** How many bytes of plaintext a thread takes at a time: enough to hide the hand-over, few enough to share a megabyte. */
    static final int PIECE_BYTES = 256 * 1024;

    private final Executor executor;
    private final int threads;

    private Parallelism(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /**
     * The calling thread, and up to {@code threads} - 1 helpers that this executor runs.
     *
     * @throws IllegalArgumentException if it is not 1 to {@value EnvelopeDecryptor#MAX_THREADS} threads
     */
    static Parallelism of(Executor executor, int threads) {
        requireNonNull(executor, "executor");
        if (threads < 1 || threads > EnvelopeDecryptor.MAX_THREADS) {
            throw new IllegalArgumentException(threads + " threads; expected 1 to " + EnvelopeDecryptor.MAX_THREADS);
        }
        return new Parallelism(executor, threads);
    }

    /** The calling thread, and helpers of our own, which end with the work. */
    static Parallelism of(int threads) {
        return of(Parallelism::start, threads);
    }

    private static void start(Runnable helper) {
        Thread thread = new Thread(helper, "keycask-envelope");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns how many threads there are at most, the calling one included. */
    int threads() {
        return threads;
    }

    /** Returns how many frames of this length a thread takes at a time. */
    int framesPerPiece(int frameLength) {
        return threads == 1 ? 1 : Math.max(1, PIECE_BYTES / frameLength);
    }

    /** Returns whether work on this many bytes is worth sharing. */
    boolean isShared(long bytes) {
        return threads > 1 && bytes > PIECE_BYTES;
    }

    /** Asks for a helper, and returns whether the executor took it; a helper is never owed. */
    boolean ask(Runnable helper) {
        try {
            executor.execute(helper);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
