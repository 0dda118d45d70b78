package io.keycask.kms.core.internal.journal;

import io.keycask.kms.Alarm;
import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.StoredRecord;
import io.keycask.kms.core.internal.store.AuditFeed;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.AuditSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the events of this process and the checkpoints to one sink, in a daemon thread of its own, until it is closed.
 *
 * <p>Events are read from the store as fast as the sink takes them, so a sink that is slow or away costs no memory and
 * loses nothing while the process lives.
 */
final class SinkDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkDelivery.class);
    private static final int GROUP_SIZE = 500;
    private static final long ROUND_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final int LAST_ATTEMPTS = 3;

    private final AuditSink sink;
    private final Store store;
    private final Alarms alarms;
    private final long checkpointNanos;
    private final AuditFeed feed;
    private final AtomicReference<@Nullable AuditCheckpoint> waiting = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    // of the thread
    private long lastCheckpoint = System.nanoTime();
    private long pauseMillis = ROUND_MILLIS;

    private SinkDelivery(AuditSink sink, Store store, Alarms alarms, Duration checkpointInterval) {
        this.sink = sink;
        this.store = store;
        this.alarms = alarms;
        this.checkpointNanos = checkpointInterval.toNanos();
        this.feed = store.auditFeed();
        this.thread = new Thread(this::run, "keycask-audit-sink");
        thread.setDaemon(true);
    }

    static SinkDelivery start(AuditSink sink, Store store, Alarms alarms, Duration checkpointInterval) {
        SinkDelivery delivery = new SinkDelivery(sink, store, alarms, checkpointInterval);
        delivery.thread.start();
        return delivery;
    }

    /** Hands over a checkpoint that was made on demand, behind the events that are there now. */
    void offer(AuditCheckpoint checkpoint) {
        waiting.set(checkpoint);
    }

    private void run() {
        try {
            while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.warn("the delivery to the audit sink {} was interrupted and ends", sink);
        }
    }

    /** Hands over what there is; returns whether the sink took everything. */
    private boolean round() {
        try {
            events();
            if (waiting.get() == null && System.nanoTime() - lastCheckpoint >= checkpointNanos) {
                waiting.set(store.checkpoint());
            }
            AuditCheckpoint checkpoint = waiting.get();
            if (checkpoint != null) {
                sink.checkpoint(checkpoint);
                lastCheckpoint = System.nanoTime();
                waiting.compareAndSet(checkpoint, null);
            }
            pauseMillis = ROUND_MILLIS;
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void events() {
        for (List<AuditEntry> next = feed.next(GROUP_SIZE); !next.isEmpty(); next = feed.next(GROUP_SIZE)) {
            List<AuditRecord> records =
                    next.stream().<AuditRecord>map(StoredRecord::of).toList();
            sink.accept(records);
            feed.took(next);
        }
    }

    private void failed(RuntimeException failure) {
        if (pauseMillis == ROUND_MILLIS) {
            LOG.error("the audit sink {} failed; events wait in the store", sink, failure);
        }
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        alarms.raise(Alarm.Kind.AUDIT_SINK_FAILED, sink.getClass().getName(), "audit sink " + sink + ": " + failure);
    }

    /** Hands over the last events and a last checkpoint, and ends the sink. */
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
        last();
        sink.close();
    }

    private void last() {
        lastCheckpoint = System.nanoTime() - checkpointNanos;
        waiting.set(null);
        for (int attempt = 1; !round(); attempt++) {
            if (attempt == LAST_ATTEMPTS) {
                LOG.error("the audit sink {} did not take the last events of this process; the store has them", sink);
                return;
            }
        }
    }
}
