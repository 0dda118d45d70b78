package io.keycask.kms.core.internal.envelope;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work of many pieces that do not depend on each other, shared by the calling thread and helpers.
 *
 * <p>The calling thread takes pieces as every helper does, and waits only for helpers that are at work. So it does not matter
 * whether the executor has fewer threads than asked for, runs a helper in the calling thread, is busy with other things or
 * refuses: the work is done, only later. A helper that comes when everything is over finds nothing, not even the arrays. The
 * first failure ends the work of all.
 */
final class SharedWork {
    private final Object lock = new Object();
    private final long pieces;
    private @Nullable Supplier<? extends Worker> workers;
    private long next;
    private int atWork;
    private @Nullable Throwable failure;

    private SharedWork(long pieces, Supplier<? extends Worker> workers) {
        this.pieces = pieces;
        this.workers = workers;
    }

    /**
     * Does all pieces, from 0 on, and returns when no thread is at work any more.
     *
     * @param workers makes what one thread works with; is called on that thread
     */
    static void run(Parallelism parallelism, long pieces, Supplier<? extends Worker> workers) throws IOException {
        SharedWork work = new SharedWork(pieces, workers);
        try {
            boolean taken = true;
            for (long helpers = Math.min(parallelism.threads(), pieces) - 1; taken && helpers > 0; helpers--) {
                taken = parallelism.ask(work::takePart);
            }
            work.takePart();
        } finally {
            work.end();
        }
        work.throwFailure();
    }

    private void takePart() {
        Supplier<? extends Worker> own = enter();
        if (own == null) {
            return;
        }
        try (Worker worker = own.get()) {
            for (long piece = claim(); piece >= 0; piece = claim()) {
                worker.work(piece);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            leave();
        }
    }

    private @Nullable Supplier<? extends Worker> enter() {
        synchronized (lock) {
            if (workers != null) {
                atWork++;
            }
            return workers;
        }
    }

    private long claim() {
        synchronized (lock) {
            return failure == null && next < pieces ? next++ : -1;
        }
    }

    private void fail(Throwable e) {
        synchronized (lock) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    private void leave() {
        synchronized (lock) {
            atWork--;
            lock.notifyAll();
        }
    }

    private void end() {
        boolean interrupted = false;
        synchronized (lock) {
            workers = null;
            while (atWork > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true; // helpers still write to the caller's arrays
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    /** What one thread does pieces with. */
    interface Worker extends AutoCloseable {
        void work(long piece) throws IOException;

        @Override
        void close();
    }
}
