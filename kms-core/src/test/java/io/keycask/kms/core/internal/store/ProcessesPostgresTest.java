package io.keycask.kms.core.internal.store;

final class ProcessesPostgresTest extends ProcessesContract {
    ProcessesPostgresTest() {
        super(PostgresTestDatabase::new, 2);
    }

    @Override
    void assertIntact(Tamper look) {
        // the server was not killed
    }
}
