package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteFileTest {
    @TempDir
    private Path folder;

    @Test
    void open_fileAndFoldersThatAreNotThere_areCreatedForTheOwnerOnly() throws Exception {
        Path file = folder.resolve("a/b/keys.db");

        try (Store store = open(file)) {
            store.write(tx -> tx.insert(TestKeys.key("orders")));

            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("a/b/keys.db-wal"))).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("a/b/keys.db-shm"))).isEqualTo("rw-------");
        }
        assertThat(permissions(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void open_fileThatOthersMayUse_isRefused(String permissions) throws Exception {
        Path file = folder.resolve("keys.db");
        open(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        refusal(file).withMessageContaining(permissions).withMessageContaining("expected rw-------");
    }

    @Test
    void open_directory_isRefused() throws Exception {
        Path file = Files.createDirectory(folder.resolve("keys.db"));

        refusal(file).withMessageContaining("is a directory");
    }

    @Test
    void open_fileBelowAFile_isRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file")).resolve("keys.db");

        refusal(file).withMessageContaining("cannot be created");
    }

    @Test
    void open_fileThatIsNoDatabase_isRefusedAndLeftAsItIs() throws Exception {
        Path file = ownerOnly("This is a letter, and it is longer than the header of a database would be. ".repeat(20));
        byte[] before = Files.readAllBytes(file);

        refusal(file).withMessageContaining("is not an SQLite database");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_databaseOfAnotherProgram_isRefusedAndLeftAsItIs() throws Exception {
        Path file = ownerOnly("");
        try (Tamper other = new Tamper(file)) {
            other.run("CREATE TABLE cities (name VARCHAR)");
            other.insert("cities", Map.of("name", "Ulm"));
        }
        byte[] before = Files.readAllBytes(file);

        refusal(file).withMessageContaining("database of another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.db", "what?mode=ro", "50%25.db", "a#b.db", "\u00e9\u4e2d.db"})
    void open_fileNameThatIsPartOfAnUri_isTakenAsItIs(String name) throws Exception {
        Path file = folder.resolve(name);

        try (Store store = open(file)) {
            assertThat(store.count(KeyQuery.all())).isZero();
        }

        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly(name);
        }
        assertThat(Files.size(file)).isPositive();
    }

    private Path ownerOnly(String content) throws Exception {
        Path file = SqliteFile.prepare(folder.resolve("keys.db"));
        return Files.writeString(file, content);
    }

    private static ThrowableAssertAlternative<StoreException> refusal(Path file) {
        return assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining(file.getFileName().toString())
                .matches(e -> !e.isRetryable());
    }

    private static Store open(Path file) {
        return SqliteStore.open(file, new TestAnchor(1), Instance.current());
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
