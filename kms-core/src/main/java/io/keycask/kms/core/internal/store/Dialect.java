package io.keycask.kms.core.internal.store;

import java.sql.SQLException;

/** What differs between databases; everything else is SQL that all of them run. Thread-safe. */
interface Dialect {
    /** Opens a connection whose settings are checked. */
    Session connect(Access access) throws SQLException;

    /** Returns whether connections are kept from one use to the next; otherwise they go back to a pool. */
    boolean keepsConnections();

    /** Returns a statement of {@link Migration} in the words of this database. */
    String ddl(String statement);

    /** Returns the expression for the time by the database's clock, in milliseconds since 1970. */
    String now();

    /** Returns the time by the database's clock, in milliseconds since 1970. */
    default long time(Session session) throws SQLException {
        return session.query("SELECT " + now(), result -> result.getLong(1)).get(0);
    }

    /** Begins a transaction that may write, so that it cannot fail later because another one wrote before. */
    void beginWrite(Session session) throws SQLException;

    /** Begins a transaction in which all queries see one state. */
    void beginRead(Session session) throws SQLException;

    void commit(Session session) throws SQLException;

    void rollback(Session session) throws SQLException;

    /** Keeps other processes from changing keys until the end of the transaction; its first statement. */
    void lockChanges(Session session) throws SQLException;

    /** Keeps other processes from migrating until the end of the transaction; its first statement. */
    void lockSchema(Session session) throws SQLException;

    boolean hasTable(Session session, String table) throws SQLException;

    /** Removes copies of deleted rows, as far as the database can, and returns whether that was possible now. */
    boolean purgeDeleted(Session session) throws SQLException;

    Fault fault(SQLException failure);

    /** What a connection is for. */
    enum Access {
        READ,
        WRITE
    }

    /** What a failure of the database means. */
    enum Fault {
        /** Another transaction was in the way; the same one may succeed now. */
        CONFLICT,
        /** The database or its disk is away, for a time perhaps. */
        AWAY,
        /** The disk is full. */
        FULL,
        /** Nothing that waiting helps with. */
        PERMANENT
    }
}
