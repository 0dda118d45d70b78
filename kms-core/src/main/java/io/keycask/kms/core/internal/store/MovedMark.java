package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.sql.SQLException;
import java.util.List;

/**
 * The mark of an SQLite store that was moved to another database. No process opens such a store, and one that has it
 * open already can write nothing more, not even an audit event, so that it cannot go on using keys.
 */
final class MovedMark {
    private static final String TABLE = "kms_moved";
    private static final String MESSAGE = "the store was moved to another database";
    private static final List<String> CHANGES = List.of("INSERT", "UPDATE", "DELETE");

    private MovedMark() {}

    static boolean isSet(Session session, Dialect dialect) throws SQLException {
        return dialect.hasTable(session, TABLE);
    }

    static void requireNone(Session session, Dialect dialect) throws SQLException {
        if (isSet(session, dialect)) {
            throw StoreException.permanent(MESSAGE, null);
        }
    }

    /** Sets the mark, in the transaction of the session. */
    static void set(Session session) throws SQLException {
        session.execute("CREATE TABLE " + TABLE + " (id VARCHAR(8) PRIMARY KEY)");
        for (String table : Migration.tables()) {
            for (String change : CHANGES) {
                session.execute("CREATE TRIGGER " + trigger(table, change) + " BEFORE " + change + " ON " + table
                        + " BEGIN SELECT RAISE(ABORT, '" + MESSAGE + "'); END");
            }
        }
    }

    /** Takes the mark away, in the transaction of the session. */
    static void clear(Session session) throws SQLException {
        for (String table : Migration.tables()) {
            for (String change : CHANGES) {
                session.execute("DROP TRIGGER IF EXISTS " + trigger(table, change));
            }
        }
        session.execute("DROP TABLE " + TABLE);
    }

    private static String trigger(String table, String change) {
        return TABLE + "_" + table + "_" + change;
    }
}
