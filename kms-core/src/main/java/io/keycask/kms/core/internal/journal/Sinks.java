package io.keycask.kms.core.internal.journal;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.AuditSink;
import java.time.Duration;
import java.util.List;

/** The sinks of one process. Thread-safe. */
public final class Sinks implements AutoCloseable {
    private final List<SinkDelivery> deliveries;

    private Sinks(List<SinkDelivery> deliveries) {
        this.deliveries = deliveries;
    }

    /** Begins to hand over what the store commits from now on. */
    public static Sinks start(List<AuditSink> sinks, Store store, Alarms alarms, Duration checkpointInterval) {
        return new Sinks(sinks.stream()
                .map(sink -> SinkDelivery.start(sink, store, alarms, checkpointInterval))
                .toList());
    }

    /** Hands a checkpoint to every sink. */
    public void offer(AuditCheckpoint checkpoint) {
        deliveries.forEach(delivery -> delivery.offer(checkpoint));
    }

    /** Hands over what is left and ends the sinks. The store has to be open still. */
    @Override
    public void close() {
        deliveries.forEach(SinkDelivery::close);
    }
}
