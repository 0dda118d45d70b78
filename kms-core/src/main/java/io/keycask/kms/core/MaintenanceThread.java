package io.keycask.kms.core;

import io.keycask.kms.core.internal.lifecycle.Maintenance;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs maintenance again and again, in a daemon thread of its own, until it is closed. */
final class MaintenanceThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceThread.class);

    private final ScheduledExecutorService executor;

    private MaintenanceThread(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    static MaintenanceThread start(Maintenance maintenance, Duration interval) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "keycask-maintenance");
            thread.setDaemon(true);
            return thread;
        });
        long millis = Math.max(1, interval.toMillis());
        long firstMillis = ThreadLocalRandom.current().nextLong(millis) / 2; // processes that start together spread out
        Duration lease = interval.multipliedBy(2);
        executor.scheduleWithFixedDelay(() -> run(maintenance, lease), firstMillis, millis, TimeUnit.MILLISECONDS);
        return new MaintenanceThread(executor);
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void run(Maintenance maintenance, Duration lease) {
        try {
            maintenance.runIfLeased(lease);
        } catch (RuntimeException e) {
            LOG.warn("maintenance failed and will be tried again", e);
        }
    }

    /** Lets a run that is under way end, and starts no other. */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
