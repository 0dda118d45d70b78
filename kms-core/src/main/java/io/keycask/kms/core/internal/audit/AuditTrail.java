package io.keycask.kms.core.internal.audit;

import io.keycask.kms.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the events of data operations: one thread commits them in groups, in the order in which they came.
 *
 * <p>Thread-safe. Events wait in a bounded queue, at most for the window when there are few. An event leaves the queue
 * after its group was committed and not before: a group that fails is tried again, and while the sink is away the
 * queue fills up, {@link #record} waits for a bounded time, and then refuses. In strict mode {@code record} returns
 * when its event is committed; events of several threads that come together are one group.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** Where the events go to. */
    @FunctionalInterface
    public interface Sink {
        /** Commits all events durably, or throws and commits none. */
        void commit(List<AuditEvent> events);
    }

    private final Sink sink;
    private final AuditMode mode;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<AuditEvent> queue = new ArrayDeque<>();
    private long recorded;
    private long committed;
    private boolean flushing;
    private boolean closed;
    private @Nullable RuntimeException lastFailure;

    private final Thread writer = new Thread(this::run, "keycask-audit");

    /** Starts the writer; the trail has to be closed. */
    public AuditTrail(Sink sink, AuditMode mode) {
        this.sink = sink;
        this.mode = mode;
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Records the event.
     *
     * @throws StoreException that can be retried, if the queue stays full; or, in strict mode, if the event was not
     *     committed in time: it is kept and will be
     * @throws IllegalStateException if the trail is closed
     */
    public void record(AuditEvent event) {
        lock.lock();
        try {
            requireOpen();
            if (queue.size() >= mode.capacity() && !await(() -> queue.size() < mode.capacity() || closed)) {
                throw StoreException.retryable(
                        "the audit queue is full with " + queue.size() + " events that could not be written",
                        lastFailure);
            }
            requireOpen();
            queue.add(event);
            long ticket = ++recorded;
            if (queue.size() == 1 || queue.size() == mode.groupSize() || mode.isStrict()) {
                work.signal();
            }
            if (mode.isStrict() && !await(() -> committed >= ticket)) {
                throw StoreException.retryable("the audit event is not written yet", lastFailure);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything that was recorded before is committed.
     *
     * @throws StoreException that can be retried, if that takes too long
     */
    public void flush() {
        lock.lock();
        try {
            long ticket = recorded;
            flushing = true;
            work.signal();
            if (!await(() -> committed >= ticket)) {
                throw StoreException.retryable(queue.size() + " audit events are not written yet", lastFailure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many events are not committed yet. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the audit trail is closed");
        }
    }

    private interface Goal {
        boolean isReached();
    }

    /** Waits with the patience of the mode, without the lock; returns whether the goal was reached. */
    private boolean await(Goal goal) {
        long left = mode.patience().toNanos();
        boolean interrupted = false;
        while (!goal.isReached() && left > 0) {
            try {
                left = progress.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true; // an event is not given up because a thread is asked to stop
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return goal.isReached();
    }

    private void run() {
        Backoff backoff = new Backoff();
        for (List<AuditEvent> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            try {
                sink.commit(group);
                done(group.size());
                backoff.reset();
            } catch (RuntimeException e) {
                if (!failed(e, backoff)) {
                    return;
                }
            }
        }
    }

    /** Waits for a group and returns it; empty when the trail is closed and nothing is left. */
    private List<AuditEvent> nextGroup() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            awaitMore();
            flushing = false;
            List<AuditEvent> group = new ArrayList<>(Math.min(queue.size(), mode.groupSize()));
            for (AuditEvent event : queue) {
                if (group.size() == mode.groupSize()) {
                    break;
                }
                group.add(event);
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the window pass, unless the group is full or somebody waits for it. */
    private void awaitMore() {
        long left = mode.window().toNanos();
        while (left > 0 && queue.size() < mode.groupSize() && !closed && !flushing) {
            try {
                left = work.awaitNanos(left);
            } catch (InterruptedException e) {
                return; // nobody else has this thread; the group is then a smaller one
            }
        }
    }

    private void done(int events) {
        lock.lock();
        try {
            for (int i = 0; i < events; i++) {
                queue.remove();
            }
            committed += events;
            lastFailure = null;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the failure and waits before the next attempt; returns whether there is one. */
    private boolean failed(RuntimeException failure, Backoff backoff) {
        lock.lock();
        try {
            if (lastFailure == null) {
                LOG.error("audit events cannot be written; they are kept and tried again", failure);
            }
            lastFailure = failure;
            return backoff.await(work, () -> closed, mode.patience());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Commits what is left and ends the writer. Idempotent.
     *
     * @throws StoreException if events could not be written; they are in the log
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        joinWriter();
        reportUnwritten();
    }

    private void joinWriter() {
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportUnwritten() {
        lock.lock();
        try {
            int lost = queue.size();
            for (AuditEvent event = queue.poll(); event != null; event = queue.poll()) {
                LOG.error("audit event not written: {}", AuditBody.encode(event));
            }
            if (lost > 0) {
                throw StoreException.retryable(
                        lost + " audit events could not be written; they are in the log", lastFailure);
            }
        } finally {
            lock.unlock();
        }
    }
}
