package io.keycask.kms.core.internal.operation;

/**
 * Counts the calls in flight, so that closing waits for them and refuses later ones.
 *
 * <p>Guarded by its own lock, which is held for a few instructions only.
 */
final class InFlight {
    private final Object lock = new Object();
    private int calls;
    private boolean closed;

    void enter() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the key-management service is closed");
            }
            calls++;
        }
    }

    void leave() {
        synchronized (lock) {
            calls--;
            if (closed && calls == 0) {
                lock.notifyAll();
            }
        }
    }

    /** Refuses calls from now on and waits for those in flight; returns false if it was closed before. */
    boolean close() {
        boolean interrupted = false;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            closed = true;
            while (calls > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
