package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConflictsTest extends ConflictsContract {
    private static final int IO_ERROR = 10;

    ConflictsTest() {
        super(SqliteTestDatabase::new);
    }

    @Test
    void logIndexThatCannotGrow_isAFullDisk(@TempDir Path folder) {
        Dialect dialect = SqliteStore.dialect(folder.resolve("keys.db"));

        assertThat(dialect.fault(new SQLException("[SQLITE_IOERR_SHMSIZE]  I/O error within xShmMap", null, IO_ERROR)))
                .isEqualTo(Dialect.Fault.FULL);
        assertThat(dialect.fault(new SQLException("[SQLITE_IOERR_READ]  disk I/O error", null, IO_ERROR)))
                .isEqualTo(Dialect.Fault.AWAY);
    }
}
