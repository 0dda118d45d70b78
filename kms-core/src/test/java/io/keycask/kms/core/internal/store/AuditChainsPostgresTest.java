package io.keycask.kms.core.internal.store;

final class AuditChainsPostgresTest extends AuditChainsContract {
    AuditChainsPostgresTest() {
        super(PostgresTestDatabase::new);
    }
}
