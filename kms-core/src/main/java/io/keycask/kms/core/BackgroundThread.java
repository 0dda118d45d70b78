package io.keycask.kms.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does some work again and again, in a daemon thread of its own, until it is closed. */
final class BackgroundThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private BackgroundThread(String name, Duration interval, Runnable work) {
        this.thread = new Thread(() -> run(name, interval, work), "keycask-" + name);
        thread.setDaemon(true);
    }

    static BackgroundThread start(String name, Duration interval, Runnable work) {
        BackgroundThread started = new BackgroundThread(name, interval, work);
        started.thread.start();
        return started;
    }

    private void run(String name, Duration interval, Runnable work) {
        long millis = Math.max(1, interval.toMillis());
        long waitMillis = ThreadLocalRandom.current().nextLong(millis) / 2; // processes that start together spread out
        try {
            while (!closed.await(waitMillis, TimeUnit.MILLISECONDS)) {
                runOnce(name, work);
                waitMillis = millis;
            }
        } catch (InterruptedException e) {
            LOG.warn("background {} was interrupted and ends", name);
        }
    }

    private static void runOnce(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("background {} failed and will be tried again", name, e);
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
