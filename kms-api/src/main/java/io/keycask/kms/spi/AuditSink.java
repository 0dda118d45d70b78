package io.keycask.kms.spi;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditRecord;
import java.util.List;

/**
 * A second place for the audit trail, outside of the store: a log, a queue, a file on another machine.
 *
 * <p>A sink gets the events that its process recorded, after they were committed, in their order, each at least once
 * while the process runs; the events that a killed process had committed and not handed over are in the store only. The
 * engine calls a sink from one thread of its own. A sink that is slow delays nobody, and a sink that fails loses nothing:
 * events wait in the store, the failure is reported as an alarm, and the same events come again.
 */
public interface AuditSink extends AutoCloseable {
    /**
     * Takes events, at most a few hundred.
     *
     * @throws RuntimeException if it did not take all of them; they come again
     */
    void accept(List<AuditRecord> events);

    /**
     * Takes a checkpoint of the whole trail. The last one, kept where the store's writers cannot write, is what shows a
     * store that was put back to an older copy.
     *
     * @throws RuntimeException if it did not take it; a later one comes
     */
    void checkpoint(AuditCheckpoint checkpoint);

    /** Ends the sink, after the last events and the last checkpoint of the process. */
    @Override
    default void close() {}
}
