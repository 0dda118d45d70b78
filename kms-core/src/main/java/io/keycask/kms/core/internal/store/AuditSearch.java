package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditLog;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.Page;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditFilter;
import io.keycask.kms.core.internal.audit.StoredRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches in the audit trail, page by page behind the last event of the page before.
 *
 * <p>Events are read in the order of their times, of one key if the query names one, and everything else is looked for in
 * each of them; a page ends when it is full or when {@link AuditLog#MAX_SCANNED} events were looked at.
 */
final class AuditSearch {
    private static final int BATCH = 1_000;

    private final RowMacs macs;

    AuditSearch(RowMacs macs) {
        this.macs = macs;
    }

    Page<AuditRecord> page(Session session, AuditQuery query) throws SQLException {
        AuditFilter filter = new AuditFilter(query);
        Optional<AuditCursor> position =
                query.after().isEmpty() ? Optional.empty() : Optional.of(AuditCursor.parse(query.after(), macs, query));
        List<AuditRecord> found = new ArrayList<>();
        for (int scanned = 0; scanned < AuditLog.MAX_SCANNED; scanned += BATCH) {
            List<AuditEntry> batch = batch(session, query, position);
            for (AuditEntry entry : batch) {
                StoredRecord event = record(entry);
                if (filter.fits(event)) {
                    if (found.size() == query.limit()) {
                        return page(found, position, query); // there is one more than the page holds
                    }
                    found.add(event);
                }
                position = Optional.of(AuditCursor.of(entry));
            }
            if (batch.size() < BATCH) {
                return new Page<>(found, Optional.empty());
            }
        }
        return page(found, position, query);
    }

    private Page<AuditRecord> page(List<AuditRecord> found, Optional<AuditCursor> position, AuditQuery query) {
        return new Page<>(found, position.map(cursor -> cursor.toText(macs, query)));
    }

    private static List<AuditEntry> batch(Session session, AuditQuery query, Optional<AuditCursor> position)
            throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT " + AuditRows.COLUMNS + " FROM kms_audit_event WHERE 1 = 1");
        List<Object> parameters = new ArrayList<>();
        query.from().ifPresent(from -> {
            sql.append(" AND time_ms >= ?");
            parameters.add(millis(from));
        });
        query.to().ifPresent(to -> {
            // a moment within a millisecond is behind the events of that millisecond
            sql.append(" AND time_ms <= ?");
            parameters.add(millis(to));
        });
        key(query).ifPresent(key -> {
            sql.append(" AND key_id = ?");
            parameters.add(key);
        });
        position.ifPresent(cursor -> {
            sql.append(" AND (time_ms, chain_id, sequence) ")
                    .append(query.isOldestFirst() ? ">" : "<")
                    .append(" (?, ?, ?)");
            parameters.add(cursor.time());
            parameters.add(cursor.chain().toString());
            parameters.add(cursor.sequence());
        });
        String order = query.isOldestFirst() ? "" : " DESC";
        sql.append(" ORDER BY time_ms" + order + ", chain_id" + order + ", sequence" + order + " LIMIT " + BATCH);
        return session.queryOnce(sql.toString(), AuditRows::entry, parameters.toArray());
    }

    private static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Optional<String> key(AuditQuery query) {
        Map<AuditQuery.Field, String> conditions = query.conditions();
        return "key".equals(conditions.get(AuditQuery.Field.RESOURCE_TYPE))
                ? Optional.ofNullable(conditions.get(AuditQuery.Field.RESOURCE_NAME))
                : Optional.empty();
    }

    private static StoredRecord record(AuditEntry entry) {
        try {
            return StoredRecord.of(entry);
        } catch (IllegalArgumentException e) {
            throw StoreException.permanent("kms_audit_event row " + entry + ": " + e.getMessage(), e);
        }
    }
}
