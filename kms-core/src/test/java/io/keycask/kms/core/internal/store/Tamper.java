package io.keycask.kms.core.internal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody who can write to the database, but has no key. */
final class Tamper implements AutoCloseable {
    private final Connection connection;

    Tamper(Path file) throws SQLException {
        this(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    Tamper(Connection connection) {
        this.connection = connection;
    }

    int run(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Returns the rows of a query, every row as column names and values. */
    List<Map<String, Object>> rows(String sql) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    // whatever width the driver reads it with
                    row.put(columns.getColumnName(i), value instanceof Number number ? number.longValue() : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    void insert(String table, Map<String, Object> row) throws SQLException {
        String names = String.join(", ", row.keySet());
        String marks = String.join(", ", row.keySet().stream().map(name -> "?").toList());
        run(
                "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")",
                row.values().toArray());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
