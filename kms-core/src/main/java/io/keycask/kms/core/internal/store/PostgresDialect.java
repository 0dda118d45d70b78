package io.keycask.kms.core.internal.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL: connections of the application's data source, borrowed for one use each.
 *
 * <p>All transactions are REPEATABLE READ: a key is several rows, and READ COMMITTED would let a reader see some of them
 * before and some after the change of another process, which no MAC fits. Transactions that change keys also lock {@code
 * kms_store}, whose readers do not mind, before their snapshot is taken: so they stand one behind the other, as on SQLite,
 * and none of them decides on something that another is changing. Audit events of data operations need no such lock:
 * every process has a chain of its own.
 */
final class PostgresDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDialect.class);

    /** A pool may hold this many connections to a server that was restarted, and one that is not. */
    private static final int MAX_BORROWED = 64;

    // a process that was frozen, or cut off, inside a transaction must not stop the others for ever
    private static final String LIMITS =
            "SET LOCAL lock_timeout = '5s'; SET LOCAL idle_in_transaction_session_timeout = '30s'";
    private static final String BEGIN_WRITE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + LIMITS;
    private static final String BEGIN_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // LOCK TABLE takes no snapshot, unlike a SELECT of an advisory lock
    private static final String LOCK_CHANGES = "LOCK TABLE kms_store IN EXCLUSIVE MODE";

    // the snapshot of each statement, so that what was made while this waited is seen; "keycask" as a number
    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String LOCK_SCHEMA = "SELECT pg_advisory_xact_lock(30229394540819307)";

    // not to_regclass, which may remember that a table was not there before this transaction waited for the lock
    private static final String HAS_TABLE = "SELECT 1 FROM pg_catalog.pg_class WHERE relname = ? AND relkind = 'r'"
            + " AND pg_catalog.pg_table_is_visible(oid)";

    private static final Pattern TEXT_TYPE = Pattern.compile("\\bVARCHAR(\\(\\d+\\))?");

    private final DataSource source;

    /** Whether the settings of the server were looked at since it was last away. */
    private volatile boolean settingsAreChecked;

    PostgresDialect(DataSource source) {
        this.source = source;
    }

    @Override
    public Session connect(Access access) throws SQLException {
        for (int borrowed = 1; ; borrowed++) {
            Session session = new Session(source.getConnection());
            boolean usable = false;
            try {
                session.connection().setAutoCommit(true);
                // a connection that broke in the pool is found before anything depends on it
                session.execute("SELECT 1");
                requireSettings(session, access);
                usable = true;
                return session;
            } catch (SQLException e) {
                settingsAreChecked = false;
                if (fault(e) != Fault.AWAY || borrowed == MAX_BORROWED) {
                    throw e;
                }
                LOG.debug("a connection of the data source is broken; another is borrowed", e);
            } finally {
                if (!usable) {
                    closeQuietly(session);
                }
            }
        }
    }

    private void requireSettings(Session session, Access access) throws SQLException {
        if (access == Access.WRITE && !settingsAreChecked) {
            PostgresSettings.require(session);
            settingsAreChecked = true;
        }
    }

    @Override
    public boolean keepsConnections() {
        return false;
    }

    @Override
    public String ddl(String statement) {
        return statement(statement);
    }

    /** Returns a statement of {@link Migration} in the words of PostgreSQL. */
    static String statement(String portable) {
        // by bytes, as SQLite sorts: the order of lists must not depend on the locale of the database
        return TEXT_TYPE.matcher(portable.replace(Migration.BLOB, "BYTEA")).replaceAll("$0 COLLATE \"C\"");
    }

    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)";
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        begin(session, BEGIN_WRITE);
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        begin(session, BEGIN_READ);
    }

    private static void begin(Session session, String settings) throws SQLException {
        session.connection().setAutoCommit(false);
        session.execute(settings);
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.connection().commit();
        session.connection().setAutoCommit(true);
    }

    @Override
    public void rollback(Session session) throws SQLException {
        session.connection().rollback();
        session.connection().setAutoCommit(true);
    }

    @Override
    public void lockChanges(Session session) throws SQLException {
        session.execute(LOCK_CHANGES);
    }

    @Override
    public void lockSchema(Session session) throws SQLException {
        session.execute(READ_COMMITTED);
        session.execute(LOCK_SCHEMA);
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return !session.queryOnce(HAS_TABLE, result -> true, table).isEmpty();
    }

    /** Frees the places of deleted rows. Their bytes may stay in free places, in the log and on standbys for a while. */
    @Override
    public boolean purgeDeleted(Session session) throws SQLException {
        session.execute("VACUUM (SKIP_LOCKED) kms_key_version, kms_store");
        return true;
    }

    @Override
    public Fault fault(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            // serialization failure, deadlock, lock timeout; and a row that another transaction inserted meanwhile
            case "40001", "40P01", "55P03", "23505" -> Fault.CONFLICT;
            case "53100" -> Fault.FULL;
            // a standby; a transaction that was idle for too long
            case "25006", "25P03" -> Fault.AWAY;
            default -> faultOfClass(state, failure);
        };
    }

    private static Fault faultOfClass(String state, SQLException failure) {
        // connection, resources, operator, system; a pool that has no connection to give has no state of its own
        boolean isAway = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException;
        return isAway ? Fault.AWAY : Fault.PERMANENT;
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("a broken connection could not be given back", e);
        }
    }
}
