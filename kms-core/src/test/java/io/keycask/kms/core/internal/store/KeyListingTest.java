package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

final class KeyListingTest extends KeyListingContract {
    KeyListingTest() {
        super(SqliteTestDatabase::new, 150);
    }

    @Override
    List<String> plan(Session session, ListingSql sql) throws SQLException {
        return session.queryOnce(
                "EXPLAIN QUERY PLAN " + sql.text(), result -> result.getString("detail"), sql.parameters());
    }

    @Override
    void assertReadsAlongAnIndex(List<String> plan) {
        assertThat(plan).noneMatch(step -> step.contains("SCAN") || step.contains("TEMP B-TREE"));
        assertThat(plan.get(0)).containsPattern("SEARCH .* INDEX .*created_ms.*id\\)?[<>]");
    }
}
