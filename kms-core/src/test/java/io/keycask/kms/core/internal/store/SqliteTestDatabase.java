package io.keycask.kms.core.internal.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/** A file. */
final class SqliteTestDatabase implements TestDatabase {
    private final Path file;

    SqliteTestDatabase(Path folder) {
        this.file = folder.resolve("keys.db");
    }

    @Override
    public Dialect dialect() {
        return SqliteStore.dialect(file);
    }

    @Override
    public Tamper tamper() throws SQLException {
        return new Tamper(file);
    }

    @Override
    public String rowId() {
        return "rowid";
    }

    @Override
    public String address() {
        return file.toString();
    }

    @Override
    public Snapshot snapshot() throws Exception {
        try (Tamper tamper = tamper()) {
            tamper.rows("PRAGMA wal_checkpoint(TRUNCATE)"); // everything is in the file itself
        }
        byte[] bytes = Files.readAllBytes(file);
        return new Snapshot() {
            @Override
            public void restore() throws Exception {
                Files.write(file, bytes);
            }

            @Override
            public boolean isUnchanged() throws Exception {
                return Arrays.equals(bytes, Files.readAllBytes(file));
            }
        };
    }

    @Override
    public void close() {}
}
