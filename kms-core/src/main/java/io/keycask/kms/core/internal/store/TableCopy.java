package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies the rows of a table into the same, empty table of another database, and compares both afterwards. */
final class TableCopy {
    private static final int BATCH_ROWS = 1_000;

    private final String table;
    private final Session from;
    private final Session to;

    TableCopy(String table, Session from, Session to) {
        this.table = table;
        this.from = from;
        this.to = to;
    }

    /** Copies all rows and returns how many they were, after they were read again and found to be the same. */
    long run() throws SQLException {
        List<String> columns = columns();
        String select = "SELECT " + String.join(", ", columns) + " FROM " + table;
        String insert = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", columns.stream().map(column -> "?").toList()) + ")";
        Sum read = new Sum();
        try (PreparedStatement statement = to.connection().prepareStatement(insert)) {
            forEachRow(from, select, columns.size(), values -> {
                read.add(values);
                Session.bind(statement, values);
                statement.addBatch();
                if (read.rows % BATCH_ROWS == 0) {
                    statement.executeBatch();
                }
            });
            statement.executeBatch();
        }
        Sum written = new Sum();
        forEachRow(to, select, columns.size(), written::add);
        if (!written.equalTo(read)) {
            throw StoreException.permanent(
                    table + ": " + read.rows + " rows were read, and what was written is not the same", null);
        }
        return read.rows;
    }

    private List<String> columns() throws SQLException {
        try (PreparedStatement statement = from.connection().prepareStatement("SELECT * FROM " + table + " LIMIT 0");
                ResultSet result = statement.executeQuery()) {
            ResultSetMetaData data = result.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                names.add(data.getColumnName(i));
            }
            return names;
        }
    }

    private interface RowUse {
        void with(@Nullable Object[] values) throws SQLException;
    }

    private static void forEachRow(Session session, String select, int columns, RowUse use) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(select)) {
            statement.setFetchSize(BATCH_ROWS);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    @Nullable Object[] values = new @Nullable Object[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = result.getObject(i + 1);
                    }
                    use.with(values);
                }
            }
        }
    }

    /** The number of rows, and the sum of their digests, which does not depend on the order of the rows. */
    private static final class Sum {
        private final MessageDigest digest = sha256();
        private long rows;
        private long first;
        private long second;

        void add(@Nullable Object[] values) {
            for (Object value : values) {
                byte[] bytes = bytes(value);
                digest.update(ByteBuffer.allocate(1 + Integer.BYTES)
                        .put(type(value))
                        .putInt(bytes.length)
                        .array());
                digest.update(bytes);
            }
            ByteBuffer sum = ByteBuffer.wrap(digest.digest());
            rows++;
            first += sum.getLong();
            second += sum.getLong();
        }

        boolean equalTo(Sum other) {
            return rows == other.rows && first == other.first && second == other.second;
        }

        private static byte type(@Nullable Object value) {
            return (byte) (value == null ? 'n' : value instanceof Number ? 'i' : value instanceof String ? 't' : 'b');
        }

        private static byte[] bytes(@Nullable Object value) {
            if (value == null) {
                return new byte[0];
            }
            if (value instanceof Number number) {
                // whatever width the driver reads it with
                return ByteBuffer.allocate(Long.BYTES)
                        .putLong(number.longValue())
                        .array();
            }
            return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java runtime has no SHA-256", e);
            }
        }
    }
}
