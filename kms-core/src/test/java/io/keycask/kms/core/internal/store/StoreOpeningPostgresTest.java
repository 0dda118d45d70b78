package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoreOpeningPostgresTest extends StoreOpeningContract {
    StoreOpeningPostgresTest() {
        super(PostgresTestDatabase::new);
    }

    @Test
    void open_commitThatDoesNotWaitForTheDisk_isRefused() {
        String url = PostgresServer.get().newSchema();

        assertRefused(url + "&options=-c%20synchronous_commit=off", "synchronous_commit is off");
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, off, fsync is off",
        "full_page_writes, off, full_page_writes is off",
        "server_version_num, 140020, version 14; expected 15 or later"
    })
    void open_serverThatCouldLoseWhatWasAcknowledged_isRefused(String setting, String value, String message)
            throws Exception {
        String url = PostgresServer.get().newSchema();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            // a function that stands before the server's own one in the search path
            statement.execute(
                    "CREATE FUNCTION current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT CASE $1 WHEN '"
                            + setting + "' THEN '" + value + "' ELSE pg_catalog.current_setting($1) END $$");
        }

        assertRefused(url + ",pg_catalog", message);
    }

    @Test
    void open_databaseInAnotherEncoding_isRefused() throws Exception {
        String url = PostgresServer.get().url();
        String latin = url.replaceFirst("/\\w+(\\?|$)", "/latin$1");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS latin");
            statement.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        }

        assertRefused(latin, "encoding of the database is LATIN1");
    }

    @Test
    void open_noServer_isRetryable() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open("jdbc:postgresql://localhost:1/none"))
                .matches(StoreException::isRetryable)
                .withMessageContaining("the database is away");
    }

    @Test
    void store_inUseAndClosed_givesEveryConnectionBack() {
        PostgresTestDatabase database = new PostgresTestDatabase(null);

        try (Store store = database.open(new TestAnchor(1), Instance.current())) {
            KeyRecord key = store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.audit(List.of(TestKeys.event("A")));
            store.key(key.id());
            store.rowVersion(key.id());
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> store.write(tx -> {
                        throw new IllegalArgumentException();
                    }));

            assertThat(database.pool().borrowed()).isZero();
        }
        assertThat(database.pool().borrowed()).isZero();
    }

    private static void assertRefused(String url, String message) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(url))
                .matches(e -> !e.isRetryable())
                .withMessageContaining(message);
    }

    private static void open(String url) throws Exception {
        try (TestPool pool = new TestPool(url)) {
            StoreDatabase.postgresql(pool).open(new TestAnchor(1), Instance.current());
        }
    }
}
