package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

final class ProcessesTest extends ProcessesContract {
    ProcessesTest() {
        super(SqliteTestDatabase::new, 10);
    }

    @Override
    void assertIntact(Tamper look) throws Exception {
        assertThat(look.rows("PRAGMA integrity_check")).containsExactly(Map.of("integrity_check", "ok"));
    }
}
