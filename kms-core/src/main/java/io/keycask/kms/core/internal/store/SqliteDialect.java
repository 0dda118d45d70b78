package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * SQLite: a write-ahead log, a commit that waits for the disk, and deleted bytes that are overwritten.
 *
 * <p>Transactions that write begin IMMEDIATE: one that begins as a reader and then writes gets SQLITE_BUSY at once when
 * another came first, whatever the time-out. Versions before 3.51.3 can damage a database in WAL mode when one
 * connection writes while another resets the log.
 */
final class SqliteDialect implements Dialect {
    private static final int[] MIN_VERSION = {3, 51, 3};
    private static final String BUSY_TIMEOUT = "PRAGMA busy_timeout = ";
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int PURGE_TIMEOUT_MILLIS = 200;

    // primary result codes of sqlite3.h
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int IO_ERROR = 10;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int PROTOCOL = 15;
    private static final int NOT_A_DATABASE = 26;

    // the index of the log could not be made longer; the driver gives the name of the extended code in its message only
    private static final String NO_ROOM_FOR_INDEX = "SQLITE_IOERR_SHMSIZE";

    /** The index of the log grows by this. */
    private static final int LEAST_ROOM_BYTES = 32 * 1024;

    private static final String IS_FOREIGN =
            "SELECT COUNT(*) > 0 AND TOTAL(name = '" + Migration.TABLE + "') = 0 FROM sqlite_master";

    private final Driver driver;
    private final Path file;
    private final String url;

    SqliteDialect(Driver driver, Path file) {
        this.driver = driver;
        this.file = file;
        // as a URI, so that ? and # in a file name are not taken for parameters
        this.url = "jdbc:sqlite:" + file.toUri();
    }

    @Override
    public Session connect(Access access) throws SQLException {
        @Nullable Connection connection = driver.connect(url, new Properties());
        if (connection == null) {
            throw new SQLException("the driver does not know " + url);
        }
        Session session = new Session(connection);
        boolean done = false;
        try {
            configure(session, access);
            done = true;
            return session;
        } catch (SQLException e) {
            if (e.getErrorCode() == NOT_A_DATABASE) {
                throw StoreException.permanent(file + " is not an SQLite database", e);
            }
            throw e;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private void configure(Session session, Access access) throws SQLException {
        session.execute(BUSY_TIMEOUT + BUSY_TIMEOUT_MILLIS);
        if (access == Access.READ) {
            session.execute("PRAGMA query_only = 1");
            return;
        }
        requireVersion(text(session, "SELECT sqlite_version()"));
        requireOwnDatabase(session);
        require(session, "journal_mode", "= wal", "wal");
        set(session, "synchronous", "FULL", "2");
        set(session, "foreign_keys", "1", "1");
        set(session, "secure_delete", "1", "1");
    }

    private static void set(Session session, String setting, String value, String expected) throws SQLException {
        session.execute("PRAGMA " + setting + " = " + value);
        require(session, setting, "", expected);
    }

    private static void require(Session session, String setting, String value, String expected) throws SQLException {
        String found = text(session, "PRAGMA " + setting + value);
        if (!found.equals(expected)) {
            throw StoreException.permanent(
                    "SQLite's " + setting + " is " + found + " after it was set; expected " + expected, null);
        }
    }

    private static void requireVersion(String found) {
        String[] parts = found.split("\\.", -1);
        for (int i = 0; i < MIN_VERSION.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part != MIN_VERSION[i]) {
                if (part < MIN_VERSION[i]) {
                    throw StoreException.permanent("SQLite is " + found + "; expected 3.51.3 or later", null);
                }
                return;
            }
        }
    }

    private void requireOwnDatabase(Session session) throws SQLException {
        // one statement, so one state: another process may be making the tables at this moment
        if (text(session, IS_FOREIGN).equals("1")) {
            throw StoreException.permanent(file + " is a database of another program", null);
        }
    }

    private static String text(Session session, String sql) throws SQLException {
        return session.queryOnce(sql, result -> result.getString(1)).get(0);
    }

    @Override
    public boolean keepsConnections() {
        return true;
    }

    @Override
    public String ddl(String statement) {
        return statement(statement);
    }

    /** Returns a statement of {@link Migration} in the words of SQLite. */
    static String statement(String portable) {
        return portable.replace(Migration.BLOB, "BLOB");
    }

    @Override
    public String now() {
        return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        session.prepared("BEGIN IMMEDIATE").execute();
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        session.prepared("BEGIN").execute();
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.prepared("COMMIT").execute();
    }

    @Override
    public void rollback(Session session) throws SQLException {
        session.prepared("ROLLBACK").execute();
    }

    @Override
    public void lockChanges(Session session) {
        // BEGIN IMMEDIATE let nobody else write
    }

    @Override
    public void lockSchema(Session session) {
        // BEGIN IMMEDIATE let nobody else write
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return !session.queryOnce(
                        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", result -> true, table)
                .isEmpty();
    }

    @Override
    public boolean purgeDeleted(Session session) throws SQLException {
        // nobody can write while this waits for readers
        session.execute(BUSY_TIMEOUT + PURGE_TIMEOUT_MILLIS);
        try {
            return text(session, "PRAGMA wal_checkpoint(TRUNCATE)").equals("0");
        } finally {
            session.execute(BUSY_TIMEOUT + BUSY_TIMEOUT_MILLIS);
        }
    }

    @Override
    public Fault fault(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case BUSY, LOCKED, PROTOCOL -> Fault.CONFLICT;
            case FULL -> Fault.FULL;
            case IO_ERROR -> isFull(failure) ? Fault.FULL : Fault.AWAY;
            case CANNOT_OPEN -> Fault.AWAY;
            default -> Fault.PERMANENT;
        };
    }

    /** Returns whether an input or output error comes from a full disk, which SQLite does not always call by its name. */
    private boolean isFull(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(NO_ROOM_FOR_INDEX) || hasNoRoom();
    }

    private boolean hasNoRoom() {
        try {
            return Files.getFileStore(file).getUsableSpace() < LEAST_ROOM_BYTES;
        } catch (IOException e) {
            return false; // the disk is away
        }
    }
}
