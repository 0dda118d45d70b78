package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeyVersionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted and purged is in no file of the store any more. */
@Timeout(60)
final class PurgeTest {
    private static final String TOKEN = "a token that is easily found again";

    @TempDir
    private Path folder;

    private Store store;
    private KeyRecord key;

    @BeforeEach
    void fill() {
        Instance instance = new Instance("test", Duration.ofMillis(100));
        store = SqliteStore.open(folder.resolve("keys.db"), new TestAnchor(1), instance);
        key = store.write(tx -> tx.insert(TestKeys.bare("orders", TestKeys.NOON)
                .change(draft -> draft.version(KeyVersionRecord.ready(
                        new KeyVersionId(1), TestKeys.NOON, TOKEN.getBytes(StandardCharsets.US_ASCII))))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void purge_afterTheDeletionOfAKey_leavesNoCopyOfItsToken() throws Exception {
        store.purgeDeleted();
        assertThat(filesWithTheToken()).containsExactly("keys.db");

        delete();
        store.purgeDeleted();

        assertThat(filesWithTheToken()).isEmpty();
    }

    @Test
    void purge_whileTheLogIsRead_isDoneWhenTheReaderIsGone() throws Exception {
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"));
                Statement statement = reader.createStatement()) {
            statement.execute("BEGIN");
            try (ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM kms_key_version")) {
                assertThat(result.getInt(1)).isEqualTo(1);
            }
            delete();

            store.purgeDeleted();

            assertThat(filesWithTheToken()).isNotEmpty();
            statement.execute("ROLLBACK");
        }
        while (!filesWithTheToken().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(store.key(key.id())).isEmpty();
    }

    private void delete() {
        store.write(tx -> {
            tx.delete(key);
            return true;
        });
    }

    private List<String> filesWithTheToken() throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.exists(file)
                        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(TOKEN)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return found;
    }
}
