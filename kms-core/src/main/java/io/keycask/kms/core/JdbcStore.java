package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.core.internal.store.Instance;
import io.keycask.kms.core.internal.store.SqliteStore;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.StoreAnchor;
import java.nio.file.Path;

/**
 * Where keys and audit events are kept: a database that is reached through JDBC. The driver is the application's.
 *
 * <p>Immutable. Nothing is opened before an {@link EmbeddedKms} is built on it, and one value may serve several.
 */
public final class JdbcStore {
    private final Path file;

    private JdbcStore(Path file) {
        this.file = file;
    }

    /**
     * Returns the store in this SQLite file, with the driver {@code org.xerial:sqlite-jdbc}.
     *
     * <p>A file that is not there is created for its owner only; a file that others may read or write is refused. Several
     * processes of one host may use it at once; a network file system cannot hold it.
     */
    public static JdbcStore sqlite(Path file) {
        return new JdbcStore(requireNonNull(file, "file"));
    }

    /** Opens the store, whose key is sealed by the anchor. */
    Store open(StoreAnchor anchor) {
        return SqliteStore.open(file, anchor, Instance.current());
    }

    @Override
    public String toString() {
        return "JdbcStore[sqlite " + file + "]";
    }
}
