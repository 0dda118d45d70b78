package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one row, in the order of the columns of its table; texts, numbers and bytes, or null. */
final class Row {
    private final Table table;
    private final @Nullable Object[] values;
    private final byte[] mac;

    private Row(Table table, @Nullable Object[] values, byte[] mac) {
        this.table = table;
        this.values = values;
        this.mac = mac;
    }

    /** Returns a row of these values that has no MAC yet. */
    static Row of(Table table, @Nullable Object... values) {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(table + ": " + values.length + " values");
        }
        return new Row(table, values, new byte[0]);
    }

    /** Returns the row that a {@link Table#select} stands at. */
    static Row read(Table table, ResultSet result) throws SQLException {
        List<Table.Column> columns = table.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i).type(), result, i + 1);
        }
        byte[] mac = result.getBytes(values.length + 1);
        return new Row(table, values, mac == null ? new byte[0] : mac);
    }

    private static @Nullable Object value(Table.Type type, ResultSet result, int index) throws SQLException {
        Object value = switch (type) {
            case TEXT -> result.getString(index);
            case NUMBER -> result.getLong(index);
            case BLOB -> result.getBytes(index);
        };
        return result.wasNull() ? null : value;
    }

    Row withMac(byte[] newMac) {
        return new Row(table, values, newMac);
    }

    Table table() {
        return table;
    }

    /** Returns the MAC that was read or given. */
    byte[] mac() {
        return mac;
    }

    int size() {
        return values.length;
    }

    @Nullable
    Object get(int column) {
        return values[column];
    }

    String text(int column) {
        return (String) required(column);
    }

    long number(int column) {
        return (Long) required(column);
    }

    byte[] blob(int column) {
        return (byte[]) required(column);
    }

    /** Returns what an INSERT or UPDATE of all columns and the MAC binds, and these values behind. */
    @Nullable
    Object[] parameters(Object... more) {
        @Nullable Object[] all = new @Nullable Object[values.length + 1 + more.length];
        System.arraycopy(values, 0, all, 0, values.length);
        all[values.length] = mac;
        System.arraycopy(more, 0, all, values.length + 1, more.length);
        return all;
    }

    private Object required(int column) {
        Object value = values[column];
        if (value == null) {
            throw StoreException.permanent(
                    table + ": " + table.columns().get(column).name() + " is null", null);
        }
        return value;
    }
}
