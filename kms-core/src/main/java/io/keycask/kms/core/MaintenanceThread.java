package io.keycask.kms.core;

import io.keycask.kms.core.internal.lifecycle.Maintenance;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs maintenance again and again, in a daemon thread of its own, until it is closed. */
final class MaintenanceThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceThread.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private MaintenanceThread(Maintenance maintenance, Duration interval) {
        this.thread = new Thread(() -> run(maintenance, interval), "keycask-maintenance");
        thread.setDaemon(true);
    }

    static MaintenanceThread start(Maintenance maintenance, Duration interval) {
        MaintenanceThread started = new MaintenanceThread(maintenance, interval);
        started.thread.start();
        return started;
    }

    private void run(Maintenance maintenance, Duration interval) {
        long millis = Math.max(1, interval.toMillis());
        Duration lease = interval.multipliedBy(2);
        long waitMillis = ThreadLocalRandom.current().nextLong(millis) / 2; // processes that start together spread out
        try {
            while (!closed.await(waitMillis, TimeUnit.MILLISECONDS)) {
                runOnce(maintenance, lease);
                waitMillis = millis;
            }
        } catch (InterruptedException e) {
            LOG.warn("background maintenance was interrupted and ends");
        }
    }

    private static void runOnce(Maintenance maintenance, Duration lease) {
        try {
            maintenance.runIfLeased(lease);
        } catch (RuntimeException e) {
            LOG.warn("maintenance failed and will be tried again", e);
        }
    }

    /** Lets a run that is under way end, and starts no other. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
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
