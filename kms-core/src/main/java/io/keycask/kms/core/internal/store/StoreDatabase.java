package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that holds a store, or may hold one. Immutable; nothing is opened before it is used. */
public final class StoreDatabase {
    private final String name;
    private final @Nullable Path file;
    private final Supplier<Dialect> dialect;
    private final UnaryOperator<String> ddl;

    private StoreDatabase(String name, @Nullable Path file, Supplier<Dialect> dialect, UnaryOperator<String> ddl) {
        this.name = name;
        this.file = file;
        this.dialect = dialect;
        this.ddl = ddl;
    }

    /** The SQLite database in this file, which is created (for its owner only) when a store is opened. */
    public static StoreDatabase sqlite(Path file) {
        return new StoreDatabase("sqlite " + file, file, () -> SqliteStore.dialect(file), SqliteDialect::statement);
    }

    /** The PostgreSQL database that this data source leads to. */
    public static StoreDatabase postgresql(DataSource source) {
        return new StoreDatabase("postgresql", null, () -> new PostgresDialect(source), PostgresDialect::statement);
    }

    /**
     * Opens the store, which is made if there is none.
     *
     * @throws StoreException if the database cannot be used, or its settings could lose what was acknowledged
     * @throws io.keycask.kms.ProviderException if the anchor cannot unseal the store key; nothing is written then
     */
    public Store open(StoreAnchor anchor, Instance instance) {
        return SqlStore.open(dialect.get(), anchor, instance);
    }

    /** Returns the statements that make the tables, for those who want to read them or run them by hand. */
    public String schema() {
        return Migration.script(ddl);
    }

    /** Makes a consistent copy of this SQLite file, also while it is in use; see {@link SqliteStore#copy}. */
    public void copyTo(Path copy) {
        SqliteStore.copy(requireFile(), copy);
    }

    private Path requireFile() {
        if (file == null) {
            throw new IllegalStateException("the store is " + name + "; expected an SQLite file");
        }
        return file;
    }

    /** Moves the store from this SQLite file to an empty database; see {@link StoreMove}. */
    public void moveTo(StoreDatabase target, StoreAnchor anchor) {
        SqliteFile.requirePresent(requireFile());
        try (Connections from = new Connections(dialect.get());
                Connections to = new Connections(target.dialect.get())) {
            new StoreMove(from, to).run(anchor);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
