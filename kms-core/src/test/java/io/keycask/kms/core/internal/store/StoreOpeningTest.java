package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.ProviderException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreOpeningTest extends StoreOpeningContract {
    StoreOpeningTest() {
        super(SqliteTestDatabase::new);
    }

    @Test
    void open_wrongRootKey_leavesNoOtherFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.db");
        SqliteStore.open(file, new TestAnchor(1), Instance.current()).close();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> SqliteStore.open(file, new TestAnchor(2), Instance.current()));

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
