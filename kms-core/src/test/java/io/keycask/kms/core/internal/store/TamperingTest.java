package io.keycask.kms.core.internal.store;

final class TamperingTest extends TamperingContract {
    TamperingTest() {
        super(SqliteTestDatabase::new, Integer.MAX_VALUE);
    }
}
