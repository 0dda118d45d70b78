package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.spi.KeyVersionRef;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many uses of each key version were reserved: a row for each version that reserved some, by the id that ciphertexts
 * name. It stays when imported material expires, for the same material may come back, and goes with the key.
 */
final class UsageRows {
    private static final int KEY_ID = 0;
    private static final int VERSION_ID = 1;
    private static final int RESERVED = 2;
    private static final String ALL = Table.VERSION_USAGE.select();
    private static final String OF_KEY = ALL + " WHERE key_id = ?";
    private static final String INSERT = Table.VERSION_USAGE.insert() + " ON CONFLICT DO NOTHING";
    private static final String UPDATE =
            Table.VERSION_USAGE.update() + " WHERE key_id = ? AND version_id = ? AND mac = ?";
    private static final String DELETE = "DELETE FROM kms_version_usage WHERE key_id = ?";
    private static final String WORN = "SELECT u.key_id, u.version_id, u.reserved, u.mac FROM kms_version_usage u"
            + " JOIN kms_key k ON k.id = u.key_id AND k.current_version = u.version_id"
            + " WHERE u.reserved >= ? AND k.phase = 'L' AND k.state = ? AND k.origin <> ?"
            + " ORDER BY u.reserved DESC LIMIT ?";

    private final RowMacs macs;

    UsageRows(RowMacs macs) {
        this.macs = macs;
    }

    /** Reserves uses in the transaction of the session, as {@link Store.Transaction#reserve} says. */
    Store.Block reserve(Session session, KeyVersionRef version, long known, long size, long bound) throws SQLException {
        Optional<Row> stored = find(session, version);
        long first = Math.max(known, stored.map(row -> row.number(RESERVED)).orElse(0L));
        long end = first + Math.max(0, Math.min(size, bound - first));
        if (end > first) {
            put(session, version, stored, end);
        }
        return new Store.Block(first, end);
    }

    /** Returns the row of the version, after those of all versions of the key were checked. */
    private Optional<Row> find(Session session, KeyVersionRef version) throws SQLException {
        String versionId = version.versionId().toString();
        List<Row> rows = session.query(OF_KEY, UsageRows::read, version.keyId().toString());
        rows.forEach(this::check);
        return rows.stream()
                .filter(row -> row.text(VERSION_ID).equals(versionId))
                .findFirst();
    }

    private void put(Session session, KeyVersionRef version, Optional<Row> stored, long reserved) throws SQLException {
        String keyId = version.keyId().toString();
        String versionId = version.versionId().toString();
        Row row = Row.of(Table.VERSION_USAGE, keyId, versionId, reserved);
        Row signed = row.withMac(macs.of(row));
        int changed = stored.isPresent()
                ? session.update(
                        UPDATE, signed.parameters(keyId, versionId, stored.get().mac()))
                : session.update(INSERT, signed.parameters());
        if (changed == 0) {
            throw new StaleRecordException("another process reserved uses of key version " + version, null);
        }
    }

    /** Returns current versions that reserved so many uses, as {@link Store#wornVersions} says. */
    Map<KeyId, KeyVersionRef> worn(Session session, long reserved, int limit) throws SQLException {
        Map<KeyId, KeyVersionRef> worn = new LinkedHashMap<>();
        session
                .query(WORN, UsageRows::read, reserved, KeyState.ENABLED.value(), KeyOrigin.EXTERNAL.value(), limit)
                .stream()
                // STO-14: one that was edited is reported by the next reservation, and rotates nothing
                .filter(row -> MessageDigest.isEqual(macs.of(row), row.mac()))
                .map(UsageRows::version)
                .forEach(version -> worn.put(version.keyId(), version));
        return worn;
    }

    /** Checks the MACs of all rows. */
    void check(Session session) throws SQLException {
        session.queryOnce(ALL, UsageRows::read).forEach(this::check);
    }

    private void check(Row row) {
        macs.check(row, row.text(KEY_ID) + "/" + row.text(VERSION_ID));
    }

    static void delete(Session session, KeyId key) throws SQLException {
        session.update(DELETE, key.toString());
    }

    private static Row read(ResultSet result) throws SQLException {
        return Row.read(Table.VERSION_USAGE, result);
    }

    private static KeyVersionRef version(Row row) {
        return new KeyVersionRef(KeyColumns.id(row.text(KEY_ID)), KeyVersionId.parse(row.text(VERSION_ID)));
    }
}
