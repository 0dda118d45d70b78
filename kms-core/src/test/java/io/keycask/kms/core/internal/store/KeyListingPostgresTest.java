package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

final class KeyListingPostgresTest extends KeyListingContract {
    KeyListingPostgresTest() {
        super(PostgresTestDatabase::new, 40);
    }

    /** The plan for a large table: for 150 rows reading all of them would be best. */
    @Override
    List<String> plan(Session session, ListingSql sql) throws SQLException {
        for (String method : List.of("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin")) {
            session.execute("SET enable_" + method + " = off");
        }
        try {
            return session.queryOnce("EXPLAIN " + sql.text(), result -> result.getString(1), sql.parameters());
        } finally {
            session.execute("RESET ALL");
        }
    }

    @Override
    void assertReadsAlongAnIndex(List<String> plan) {
        assertThat(plan).noneMatch(step -> step.contains("Seq Scan") || step.contains("Sort"));
        assertThat(plan).anyMatch(step -> step.matches(".*Index Cond: .*ROW\\((\\w+\\.)?created_ms, .*id.*\\) [<>].*"));
    }
}
