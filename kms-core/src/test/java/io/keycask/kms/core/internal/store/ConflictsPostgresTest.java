package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConflictsPostgresTest extends ConflictsContract {
    ConflictsPostgresTest() {
        super(PostgresTestDatabase::new);
    }

    @ParameterizedTest
    @CsvSource({
        "40001, CONFLICT", // serialization_failure
        "40P01, CONFLICT", // deadlock_detected
        "55P03, CONFLICT", // lock_not_available
        "23505, CONFLICT", // unique_violation
        "08001, AWAY", // cannot connect
        "08006, AWAY", // connection_failure
        "57P01, AWAY", // admin_shutdown
        "57P03, AWAY", // cannot_connect_now
        "57014, AWAY", // query_canceled
        "53300, AWAY", // too_many_connections
        "58030, AWAY", // io_error
        "25006, AWAY", // read_only_sql_transaction
        "25P03, AWAY", // idle_in_transaction_session_timeout
        "53100, FULL", // disk_full
        "XX001, PERMANENT", // data_corrupted
        "42501, PERMANENT", // insufficient_privilege
        "28P01, PERMANENT", // invalid_password
        "22021, PERMANENT" // character_not_in_repertoire
    })
    void fault_bySqlState_isWhatWaitingHelpsWith(String state, Dialect.Fault fault) {
        assertThat(new PostgresDialect(null).fault(new SQLException("x", state)))
                .isEqualTo(fault);
    }

    @Test
    void fault_ofAPoolWithoutAConnection_isAway() {
        Dialect dialect = new PostgresDialect(null);

        assertThat(dialect.fault(new SQLTransientConnectionException("timed out")))
                .isEqualTo(Dialect.Fault.AWAY);
        assertThat(dialect.fault(new SQLException("the pool is closed"))).isEqualTo(Dialect.Fault.PERMANENT);
    }
}
