package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.Instance;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.core.internal.store.StoreDatabase;
import io.keycask.kms.spi.KeyProvider;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;

/**
 * Where keys and audit events are kept: a database that is reached through JDBC. The driver is the application's.
 *
 * <p>Immutable. Nothing is opened before an {@link EmbeddedKms} is built on it, and one value may serve several.
 */
public final class JdbcStore {
    private final StoreDatabase database;

    private JdbcStore(StoreDatabase database) {
        this.database = database;
    }

    /**
     * Returns the store in this SQLite file, with the driver {@code org.xerial:sqlite-jdbc}.
     *
     * <p>A file that is not there is created for its owner only; a file that others may read or write is refused. Several
     * processes of one host may use it at once; a network file system cannot hold it.
     */
    public static JdbcStore sqlite(Path file) {
        return new JdbcStore(StoreDatabase.sqlite(requireNonNull(file, "file")));
    }

    /**
     * Returns the store in the PostgreSQL database that the data source leads to, with the driver {@code
     * org.postgresql:postgresql}; processes of any number of hosts may use it at once.
     *
     * <p>Connections are borrowed for one transaction or query each, up to 9 at a time, so the data source should be a
     * pool; it belongs to the application, which closes it after the {@link EmbeddedKms}. The tables are made in the
     * first schema of the search path when a store is opened there first. A server before version 15, one that does not
     * wait for the disk ({@code fsync} or {@code synchronous_commit} is off), and a database that is not encoded in UTF-8
     * are refused.
     */
    public static JdbcStore postgresql(DataSource source) {
        return new JdbcStore(StoreDatabase.postgresql(requireNonNull(source, "source")));
    }

    /** Returns the SQL statements that make the tables, for those who want to read them or run them by hand. */
    public String schema() {
        return database.schema();
    }

    /**
     * Makes a consistent copy of this SQLite store in a new file, for its owner only. It may be in use meanwhile, by this
     * process or others. Needs no root key. {@link EmbeddedKms#check()} on the copy says whether it can open every key.
     *
     * @throws IllegalStateException if this is no SQLite store: a PostgreSQL store is copied by {@code pg_dump}
     * @throws io.keycask.kms.StoreException if the store is not there, something is at the place of the copy, or the copy
     *     fails; nothing is left at its place then
     */
    public void copyTo(Path copy) {
        database.copyTo(requireNonNull(copy, "copy"));
    }

    /**
     * Moves this SQLite store to an empty database: keys, policies, audit chains, all under the same store key.
     *
     * <p>It is one transaction of the target. Before that transaction is committed, every row was read again and compared,
     * the MACs of keys were checked, and the audit was verified. The old store is marked as moved: nobody can open it any
     * more, and a process that still has it open can neither change nor use a key there. If the call fails the old store
     * stays what it was; after a crash, call again. Close every {@link EmbeddedKms} on the store before.
     *
     * @param target an empty database, or one where only the tables of {@link #schema()} are
     * @param providers those of the {@link EmbeddedKms}; they are not closed
     * @throws IllegalStateException if this is no SQLite store
     * @throws io.keycask.kms.StoreException if the store is in use (a process that was killed counts as alive for a
     *     minute), the target is not empty, or a row does not pass its check
     * @throws io.keycask.kms.ProviderException if the store key cannot be unsealed
     */
    public void moveTo(JdbcStore target, KeyProvider... providers) {
        requireNonNull(target, "target");
        Providers all = Providers.of(Arrays.asList(providers));
        database.moveTo(target.database, new ProviderAnchor(all.first(), all));
    }

    /** Opens the store, whose key is sealed by the anchor. */
    Store open(StoreAnchor anchor) {
        return database.open(anchor, Instance.current());
    }

    @Override
    public String toString() {
        return "JdbcStore[" + database + "]";
    }
}
