package io.keycask.kms.core.internal.envelope;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a stream that several threads work on, and that come out in the order in which they were put in.
 *
 * <p>The thread that puts and takes works too when it would have to wait otherwise, so that the work goes on whatever the executor
 * does with the helpers. A helper that finds no piece waits a moment for the next one and then gives its thread
 * back; it is asked for again when there is more to do. Without helpers a piece is done when it is put in. Put and take
 * belong to one thread at a time.
 */
final class OrderedWork<P extends OrderedWork.Piece> implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000;

    private final Object lock = new Object();
    private final Parallelism parallelism;
    private final FrameCipher cipher;
    private final ArrayDeque<Entry<P>> inOrder = new ArrayDeque<>();
    private final ArrayDeque<Entry<P>> waiting = new ArrayDeque<>();
    private int helpers;
    private int atWork;
    private int idle;
    private @Nullable Thread asking;
    private boolean closed;

    /** Work with this cipher, of which helpers get copies; it stays the caller's. */
    OrderedWork(Parallelism parallelism, FrameCipher cipher) {
        this.parallelism = parallelism;
        this.cipher = cipher;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** Returns whether a piece has to be taken before the next one is put in: there are two for each thread. */
    boolean isFull() {
        return inOrder.size() >= (parallelism.threads() == 1 ? 1 : 2 * parallelism.threads());
    }

    /** Puts in a piece, which belongs to the threads until it is taken. */
    void put(P piece) {
        Entry<P> entry = new Entry<>(piece);
        inOrder.add(entry);
        if (parallelism.threads() == 1) {
            work(entry, cipher);
        } else if (offer(entry)) {
            boolean taken = parallelism.ask(this::help);
            asked(taken);
        }
    }

    /** Returns whether a helper should be asked for. */
    private boolean offer(Entry<P> entry) {
        synchronized (lock) {
            waiting.add(entry);
            lock.notifyAll();
            if (idle >= waiting.size() || helpers >= parallelism.threads() - 1) {
                return false;
            }
            helpers++;
            asking = Thread.currentThread();
            return true;
        }
    }

    private void asked(boolean taken) {
        synchronized (lock) {
            asking = null;
            if (!taken) {
                helpers--;
            }
        }
    }

    private void help() {
        if (!enter()) {
            return;
        }
        try (FrameCipher own = cipher.fork()) {
            for (Entry<P> entry = claim(); entry != null; entry = claim()) {
                work(entry, own);
            }
        } finally {
            leave();
        }
    }

    private boolean enter() {
        synchronized (lock) {
            if (!closed) {
                atWork++;
            }
            return !closed;
        }
    }

    private void leave() {
        synchronized (lock) {
            atWork--;
            helpers--;
            lock.notifyAll();
        }
    }

    private @Nullable Entry<P> claim() {
        synchronized (lock) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            idle++;
            try {
                // Inside the call that asks for it, a helper would wait for its own thread.
                while (waiting.isEmpty() && !closed && Thread.currentThread() != asking) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return null;
                    }
                    lock.wait(left);
                }
                return waiting.poll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the executor wants its thread back
                return null;
            } finally {
                idle--;
            }
        }
    }

    private void work(Entry<P> entry, FrameCipher own) {
        try {
            entry.piece.work(own);
        } catch (RuntimeException | Error e) {
            entry.failure = e;
        } finally {
            synchronized (lock) {
                entry.done = true;
                lock.notifyAll();
            }
        }
    }

    /** Returns the oldest piece, done; what its work threw is thrown here. */
    P take() {
        Entry<P> oldest = inOrder.remove();
        for (Entry<P> other = claimUntil(oldest); other != null; other = claimUntil(oldest)) {
            work(other, cipher);
        }
        if (oldest.failure instanceof RuntimeException e) {
            throw e;
        } else if (oldest.failure instanceof Error e) {
            throw e;
        }
        return oldest.piece;
    }

    /** Returns a piece that nobody works on; null as soon as this one is done. */
    private @Nullable Entry<P> claimUntil(Entry<P> oldest) {
        synchronized (lock) {
            awaitUninterruptibly(() -> oldest.done || !waiting.isEmpty());
            return oldest.done ? null : waiting.poll();
        }
    }

    /** Ends the work; when this returns, no helper is at work any more. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
            lock.notifyAll();
            awaitUninterruptibly(() -> atWork == 0);
        }
    }

    private void awaitUninterruptibly(Condition condition) {
        boolean interrupted = false;
        while (!condition.holds()) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true; // helpers still write to the buffers
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread waits for, asked with the lock held. */
    private interface Condition {
        boolean holds();
    }

    /** Something to be done by one thread. */
    interface Piece {
        void work(FrameCipher cipher);
    }

    private static final class Entry<P> {
        private final P piece;
        private boolean done;
        private @Nullable Throwable failure;

        Entry(P piece) {
            this.piece = piece;
        }
    }
}
