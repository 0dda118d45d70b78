package io.keycask.kms.core;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.spi.AuditSink;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit sink that writes events and checkpoints to the logger {@code io.keycask.kms.audit} at INFO, each as one line of
 * JSON.
 */
public final class Slf4jAuditSink implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger("io.keycask.kms.audit");

    /** A sink for the logger. */
    public Slf4jAuditSink() {}

    @Override
    public void accept(List<AuditRecord> events) {
        events.forEach(event -> LOG.info("{}", event.json()));
    }

    @Override
    public void checkpoint(AuditCheckpoint checkpoint) {
        LOG.info("{}", checkpoint.text());
    }

    @Override
    public String toString() {
        return "Slf4jAuditSink";
    }
}
