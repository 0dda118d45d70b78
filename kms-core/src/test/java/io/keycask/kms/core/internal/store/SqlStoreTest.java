package io.keycask.kms.core.internal.store;

final class SqlStoreTest extends SqlStoreContract {
    SqlStoreTest() {
        super(SqliteTestDatabase::new);
    }
}
