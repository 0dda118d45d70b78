package io.keycask.kms.core.internal.store;

final class TamperingPostgresTest extends TamperingContract {
    TamperingPostgresTest() {
        super(PostgresTestDatabase::new, 1);
    }
}
