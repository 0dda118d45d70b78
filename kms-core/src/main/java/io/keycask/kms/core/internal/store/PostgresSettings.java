package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a PostgreSQL server that a store depends on: a commit that was acknowledged survives a crash. */
final class PostgresSettings {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSettings.class);
    private static final int FIRST_VERSION = 15;
    private static final int LAST_TESTED_VERSION = 18;
    private static final String SETTINGS = "SELECT current_setting('server_version_num'), current_setting('fsync'),"
            + " current_setting('synchronous_commit'), current_setting('full_page_writes'),"
            + " current_setting('server_encoding'), pg_is_in_recovery()";

    private PostgresSettings() {}

    /**
     * Looks at the settings.
     *
     * @throws StoreException if the server could lose what was acknowledged, or cannot hold a store
     */
    static void require(Session session) throws SQLException {
        session.queryOnce(SETTINGS, result -> {
            require(result);
            return true;
        });
    }

    private static void require(ResultSet found) throws SQLException {
        requireVersion(Integer.parseInt(found.getString(1)));
        // STO-11
        requireNotOff("fsync", found.getString(2));
        requireNotOff("synchronous_commit", found.getString(3));
        requireNotOff("full_page_writes", found.getString(4));
        if (!found.getString(5).equals("UTF8")) {
            throw StoreException.permanent(
                    "the encoding of the database is " + found.getString(5) + "; expected UTF8", null);
        }
        if (found.getBoolean(6)) {
            throw StoreException.retryable("the PostgreSQL server is a standby; expected the primary", null);
        }
    }

    private static void requireVersion(int number) {
        int version = number / 10_000;
        if (version < FIRST_VERSION) {
            throw StoreException.permanent(
                    "the PostgreSQL server has version " + version + "; expected " + FIRST_VERSION + " or later", null);
        }
        if (version > LAST_TESTED_VERSION) {
            LOG.info("PostgreSQL {} is later than the versions that this release was tested with", version);
        }
    }

    private static void requireNotOff(String setting, String found) {
        if (found.equals("off")) {
            throw StoreException.permanent(
                    "PostgreSQL's " + setting + " is off: a crash could lose what was acknowledged", null);
        }
    }
}
