package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists of keys, page by page behind the last key of the page before (keyset paging).
 *
 * <p>Every page is read along an index in the order of the list: that of all keys, of a state, usage, origin or owner's
 * role, or of a tag; so a page costs the same however many keys there are. A list of several states merges the pages of each. Only a
 * part of a name or id has to be looked for in every key.
 */
final class KeyListing {
    private static final String IDS_AFTER = "SELECT id FROM kms_key WHERE id > ? ORDER BY id LIMIT ?";
    private static final String DUE_ROTATIONS = "SELECT id FROM kms_key WHERE phase = 'L' AND state = ?"
            + " AND next_rotation_ms <= ? ORDER BY next_rotation_ms LIMIT ?";
    private static final String DUE_DELETIONS = "SELECT id FROM kms_key WHERE phase = 'L' AND state = ?"
            + " AND deletion_ms <= ? ORDER BY deletion_ms LIMIT ?";
    private static final String DUE_EXPIRIES =
            "SELECT id FROM kms_key WHERE phase = 'L' AND valid_to_ms <= ? ORDER BY valid_to_ms LIMIT ?";
    private static final String ENDED_WRAPPING_KEYS = "SELECT DISTINCT key_id FROM kms_wrapping_key w JOIN kms_key k"
            + " ON k.id = w.key_id WHERE w.valid_to_ms <= ? AND k.phase = 'L' LIMIT ?";
    private static final String UNFINISHED =
            "SELECT id FROM kms_key WHERE unfinished = 1 AND changed_ms < ? ORDER BY changed_ms LIMIT ?";

    private final RowMacs macs;
    private final KeyRows keys;

    KeyListing(RowMacs macs, KeyRows keys) {
        this.macs = macs;
        this.keys = keys;
    }

    Page<KeyRecord> page(Session session, KeyQuery query) throws SQLException {
        Optional<Cursor> after =
                query.after().isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(query.after(), macs, query));
        List<Cursor> found = new ArrayList<>();
        for (Set<KeyState> states : walks(query)) {
            ListingSql sql = ListingSql.page(query, states, after);
            found.addAll(session.queryOnce(
                    sql.text(),
                    result -> new Cursor(
                            result.getLong(1),
                            KeyColumns.id(result.getString(2)).value()),
                    sql.parameters()));
        }
        Comparator<Cursor> order = Comparator.comparingLong(Cursor::created)
                .thenComparing(cursor -> cursor.id().toString());
        found.sort(query.isOldestFirst() ? order : order.reversed());

        List<KeyRecord> items = new ArrayList<>();
        for (Cursor cursor : found.subList(0, Math.min(query.limit(), found.size()))) {
            items.add(keys.find(session, new KeyId(cursor.id())).orElseThrow());
        }
        Optional<String> next = found.size() > query.limit()
                ? Optional.of(found.get(query.limit() - 1).toText(macs, query))
                : Optional.empty();
        return new Page<>(items, next);
    }

    /** Returns the sets of states that one query each can read in the order of the list; empty stands for all. */
    private static List<Set<KeyState>> walks(KeyQuery query) {
        if (query.states().size() == KeyState.values().length) {
            return List.of(Set.of());
        }
        if (query.states().isEmpty() || !query.tags().isEmpty()) {
            return List.of(query.states());
        }
        return query.states().stream().map(Set::of).toList();
    }

    static long count(Session session, KeyQuery query) throws SQLException {
        ListingSql sql = ListingSql.count(query);
        return session.queryOnce(sql.text(), result -> result.getLong(1), sql.parameters())
                .get(0);
    }

    static List<KeyId> idsAfter(Session session, String id, int limit) throws SQLException {
        return session.query(IDS_AFTER, KeyListing::id, id, limit);
    }

    static List<KeyId> dueRotations(Session session, long now, int limit) throws SQLException {
        return session.query(DUE_ROTATIONS, KeyListing::id, KeyState.ENABLED.value(), now, limit);
    }

    static List<KeyId> dueDeletions(Session session, long now, int limit) throws SQLException {
        return session.query(DUE_DELETIONS, KeyListing::id, KeyState.PENDING_DELETE.value(), now, limit);
    }

    static List<KeyId> dueExpiries(Session session, long now, int limit) throws SQLException {
        return session.query(DUE_EXPIRIES, KeyListing::id, now, limit);
    }

    static List<KeyId> endedWrappingKeys(Session session, long now, int limit) throws SQLException {
        return session.query(ENDED_WRAPPING_KEYS, KeyListing::id, now, limit);
    }

    static List<KeyId> unfinished(Session session, long before, int limit) throws SQLException {
        return session.query(UNFINISHED, KeyListing::id, before, limit);
    }

    private static KeyId id(ResultSet result) throws SQLException {
        return KeyColumns.id(result.getString(1));
    }
}
