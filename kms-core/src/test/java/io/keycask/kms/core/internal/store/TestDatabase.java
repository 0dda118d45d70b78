package io.keycask.kms.core.internal.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** An empty database for the tests that every kind of database has to pass. */
interface TestDatabase extends AutoCloseable {
    /** Makes an empty database, with its files in the folder if it has any. */
    @FunctionalInterface
    interface Kind {
        TestDatabase create(Path folder);
    }

    /** Returns the dialect that leads to the database. */
    Dialect dialect();

    /** Returns a connection of somebody who can write, but has no key. */
    Tamper tamper() throws SQLException;

    /** Returns the expression for the place of a row. */
    String rowId();

    /** Returns the arguments that lead a {@link StoreWorker} to the database. */
    String address();

    /** Remembers everything that is in the database; nobody has it open. */
    Snapshot snapshot() throws Exception;

    /** What was in a database. */
    interface Snapshot {
        /** Puts everything back. */
        void restore() throws Exception;

        /** Returns whether the database holds the same now. */
        boolean isUnchanged() throws Exception;
    }

    default Store open(StoreAnchor anchor, Instance instance) {
        return SqlStore.open(dialect(), anchor, instance);
    }

    @Override
    void close();
}
