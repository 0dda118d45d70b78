package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was deleted and purged takes no place in its table any more. */
final class PurgePostgresTest {
    @Test
    void purge_afterTheDeletionOfTheOnlyKey_leavesAnEmptyTable() throws Exception {
        try (TestDatabase database = new PostgresTestDatabase(null);
                Store store = database.open(new TestAnchor(1), Instance.current());
                Tamper look = database.tamper()) {
            KeyRecord key = store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.write(tx -> {
                tx.delete(key);
                return true;
            });
            String size = "SELECT pg_relation_size('kms_key_version') AS bytes";
            assertThat((Long) look.rows(size).get(0).get("bytes")).isPositive();

            store.purgeDeleted();

            assertThat(look.rows(size).get(0)).containsEntry("bytes", 0L);
        }
    }
}
