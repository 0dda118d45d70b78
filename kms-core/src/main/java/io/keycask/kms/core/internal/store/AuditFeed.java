package io.keycask.kms.core.internal.store;

import io.keycask.kms.core.internal.audit.AuditEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The committed events of this process, in their order, for one reader who takes them at its own pace: they are read from
 * the store, so nothing is kept for it in memory. Used by one thread.
 */
public final class AuditFeed {
    private final AuditWriter writer;
    private final Reader reader;
    private int chain;
    private long taken;

    AuditFeed(AuditWriter writer, Reader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** How events are read. */
    @FunctionalInterface
    interface Reader {
        /** Runs the query in a transaction. */
        List<AuditEntry> read(Connections.Use<List<AuditEntry>> query);
    }

    /** Returns the next events, at most so many; none if nothing new was committed. They come again until {@link #took}. */
    public List<AuditEntry> next(int limit) {
        List<UUID> chains = writer.chains();
        while (chain < chains.size()) {
            boolean isNewest = chain == chains.size() - 1;
            if (isNewest && writer.committedEvents() == taken) {
                return List.of();
            }
            UUID id = chains.get(chain);
            List<AuditEntry> entries = reader.read(session -> entries(session, id, limit));
            if (!entries.isEmpty() || isNewest) {
                return entries;
            }
            chain++;
            taken = 0;
        }
        return List.of();
    }

    private List<AuditEntry> entries(Session session, UUID id, int limit) throws SQLException {
        return AuditRows.nextEvents(session, id, taken, limit);
    }

    /** Goes on behind these events, the last that {@link #next} returned. */
    public void took(List<AuditEntry> entries) {
        if (!entries.isEmpty()) {
            taken = entries.get(entries.size() - 1).sequence();
        }
    }
}
