package io.keycask.kms.core.internal.store;

final class AuditChainsTest extends AuditChainsContract {
    AuditChainsTest() {
        super(SqliteTestDatabase::new);
    }
}
