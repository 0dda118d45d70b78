package io.keycask.kms.core.internal.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that gives the process's sign of life and does what else a store has to do from time to time. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Upkeep(Duration interval, Runnable work) {
        this.thread = new Thread(() -> run(interval, work), "keycask-upkeep");
        thread.setDaemon(true);
    }

    /** Starts the work, which is done each time the interval has passed. */
    static Upkeep start(Duration interval, Runnable work) {
        Upkeep upkeep = new Upkeep(interval, work);
        upkeep.thread.start();
        return upkeep;
    }

    private void run(Duration interval, Runnable work) {
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    // the database may be away for a while; the next round comes
                    LOG.warn("upkeep of the store failed", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("upkeep of the store was interrupted and ends");
        }
    }

    /** Ends the thread and waits for the round that is under way. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
