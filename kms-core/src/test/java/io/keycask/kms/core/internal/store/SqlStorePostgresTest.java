package io.keycask.kms.core.internal.store;

final class SqlStorePostgresTest extends SqlStoreContract {
    SqlStorePostgresTest() {
        super(PostgresTestDatabase::new);
    }
}
