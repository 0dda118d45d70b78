package io.keycask.kms.core.internal.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema of the server that all tests share. */
final class PostgresTestDatabase implements TestDatabase {
    private final String url = PostgresServer.get().newSchema();
    private final TestPool pool = new TestPool(url);

    PostgresTestDatabase(Path folder) {}

    /** Returns the connections that the dialect borrows. */
    TestPool pool() {
        return pool;
    }

    @Override
    public Dialect dialect() {
        return new PostgresDialect(pool);
    }

    @Override
    public Tamper tamper() throws SQLException {
        Tamper tamper = new Tamper(DriverManager.getConnection(url));
        tamper.run("SET session_replication_role = replica"); // foreign keys do not hold a superuser up
        return tamper;
    }

    @Override
    public String rowId() {
        return "ctid";
    }

    @Override
    public String address() {
        return url;
    }

    @Override
    public Snapshot snapshot() throws SQLException {
        Map<String, List<Map<String, Object>>> rows = rows();
        return new Snapshot() {
            @Override
            public void restore() throws SQLException {
                try (Tamper tamper = tamper()) {
                    tamper.run("BEGIN");
                    for (Map.Entry<String, List<Map<String, Object>>> table : rows.entrySet()) {
                        tamper.run("DELETE FROM " + table.getKey());
                        for (Map<String, Object> row : table.getValue()) {
                            tamper.insert(table.getKey(), row);
                        }
                    }
                    tamper.run("COMMIT");
                }
            }

            @Override
            public boolean isUnchanged() throws SQLException {
                return text(rows).equals(text(rows()));
            }
        };
    }

    private Map<String, List<Map<String, Object>>> rows() throws SQLException {
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        try (Tamper tamper = tamper()) {
            for (String table : Migration.tables()) {
                rows.put(table, tamper.rows("SELECT * FROM " + table));
            }
        }
        return rows;
    }

    private static String text(Map<String, List<Map<String, Object>>> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach((table, all) -> all.forEach(row -> row.forEach((name, value) -> text.append(table)
                .append('.')
                .append(name)
                .append('=')
                .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
                .append('\n'))));
        return text.toString();
    }

    @Override
    public void close() {
        try {
            pool.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
