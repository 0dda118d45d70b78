package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows that most keys do not have: bindings, and what belongs to imported material. Each row has a MAC of its own, and
 * the MAC of the key covers the set. Only what differs is written.
 */
final class KeyAttachments {
    private static final List<Table> OF_EVERY_KEY = List.of(Table.BINDING);
    private static final List<Table> OF_EXTERNAL_KEY = List.of(Table.BINDING, Table.IMPORT, Table.WRAPPING_KEY);
    private static final Map<Table, String> SELECT = OF_EXTERNAL_KEY.stream()
            .collect(Collectors.toUnmodifiableMap(table -> table, table -> table.select() + " WHERE key_id = ?"));
    private static final Map<Table, String> MACS = OF_EXTERNAL_KEY.stream()
            .collect(Collectors.toUnmodifiableMap(
                    table -> table, table -> "SELECT mac FROM " + table + " WHERE key_id = ?"));
    private static final Map<Table, String> DELETE_ONE = OF_EXTERNAL_KEY.stream()
            .collect(Collectors.toUnmodifiableMap(
                    table -> table, table -> "DELETE FROM " + table + " WHERE key_id = ? AND mac = ?"));
    private static final Map<Table, String> DELETE = OF_EXTERNAL_KEY.stream()
            .collect(Collectors.toUnmodifiableMap(
                    table -> table, table -> "DELETE FROM " + table + " WHERE key_id = ?"));
    private static final HexFormat HEX = HexFormat.of();

    private final RowMacs macs;

    KeyAttachments(RowMacs macs) {
        this.macs = macs;
    }

    /** Returns the tables in which a key of this origin may have rows, always in the same order. */
    private static List<Table> tables(KeyOrigin origin) {
        return origin == KeyOrigin.EXTERNAL ? OF_EXTERNAL_KEY : OF_EVERY_KEY;
    }

    /** Returns the rows of the key; their MACs are not checked. */
    List<Row> read(Session session, KeyId key, KeyOrigin origin) throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (Table table : tables(origin)) {
            rows.addAll(session.query(sql(SELECT, table), result -> Row.read(table, result), key.toString()));
        }
        return rows;
    }

    void check(KeyId key, List<Row> rows) {
        rows.forEach(row -> macs.check(row, "of key " + key));
    }

    /** Returns the rows of the record, with their MACs. */
    List<Row> rows(KeyRecord key) {
        List<Row> rows = new ArrayList<>();
        key.bindings().forEach(binding -> rows.add(ImportColumns.row(key.id(), binding)));
        key.imported().ifPresent(imported -> rows.add(ImportColumns.row(key.id(), imported)));
        key.wrappingKeys().forEach(pair -> rows.add(ImportColumns.row(key.id(), pair)));
        rows.replaceAll(row -> row.withMac(macs.of(row)));
        return rows;
    }

    /** Adds the set to the input of the key's MAC; nothing if it is empty, as it is for every key of schema version 1. */
    static void addTo(MacInput input, List<Row> rows) {
        for (Table table : OF_EXTERNAL_KEY) {
            List<Row> ofTable =
                    rows.stream().filter(row -> row.table() == table).toList();
            if (!ofTable.isEmpty()) {
                input.text(table.name()).number(ofTable.size());
                ofTable.stream()
                        .map(row -> HEX.formatHex(row.mac()))
                        .sorted()
                        .forEach(mac -> input.bytes(HEX.parseHex(mac)));
            }
        }
    }

    /** Makes the rows in the database these. */
    void replace(Session session, KeyRecord key, List<Row> rows) throws SQLException {
        for (Table table : tables(key.origin())) {
            Map<String, Row> wanted = rows.stream()
                    .filter(row -> row.table() == table)
                    .collect(Collectors.toMap(row -> HEX.formatHex(row.mac()), row -> row));
            for (byte[] mac : session.query(
                    sql(MACS, table), result -> result.getBytes(1), key.id().toString())) {
                if (wanted.remove(HEX.formatHex(mac)) == null) {
                    session.update(sql(DELETE_ONE, table), key.id().toString(), mac);
                }
            }
            for (Row row : wanted.values()) {
                session.update(table.insert(), row.parameters());
            }
        }
    }

    void delete(Session session, KeyId key) throws SQLException {
        for (Table table : OF_EXTERNAL_KEY) {
            session.update(sql(DELETE, table), key.toString());
        }
    }

    private static String sql(Map<Table, String> statements, Table table) {
        String sql = statements.get(table);
        if (sql == null) {
            throw new AssertionError(table);
        }
        return sql;
    }
}
