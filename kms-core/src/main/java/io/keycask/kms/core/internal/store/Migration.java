package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables and how they came to be: ordered steps, each applied once, under a lock, in one transaction.
 *
 * <p>A step that was released is never changed; its checksum stands in the store.
 */
final class Migration {
    static final String TABLE = "kms_schema";

    static final String BLOB = "{BLOB}";

    private static final Pattern CREATED_TABLE = Pattern.compile("CREATE TABLE (\\w+)");

    // portable SQL only; the one difference is the type of bytes
    private static final List<String> FIRST_RELEASE = List.of(
            "CREATE TABLE kms_schema (version BIGINT PRIMARY KEY, applied_ms BIGINT NOT NULL,"
                    + " checksum VARCHAR(64) NOT NULL)",
            "CREATE TABLE kms_store (id VARCHAR(8) PRIMARY KEY, store_id VARCHAR(36) NOT NULL,"
                    + " created_ms BIGINT NOT NULL, provider VARCHAR(255) NOT NULL, sealed_key {BLOB} NOT NULL,"
                    + " mac {BLOB} NOT NULL)",
            "CREATE TABLE kms_key (id VARCHAR(36) PRIMARY KEY, row_version BIGINT NOT NULL,"
                    + " alias VARCHAR(255) NOT NULL, description VARCHAR(4096) NOT NULL, spec VARCHAR(32) NOT NULL,"
                    + " key_usage VARCHAR(32) NOT NULL, origin VARCHAR(32) NOT NULL, provider VARCHAR(255) NOT NULL,"
                    + " owner VARCHAR(255) NOT NULL, state VARCHAR(32) NOT NULL, phase VARCHAR(1) NOT NULL,"
                    + " created_ms BIGINT NOT NULL, current_version VARCHAR(16), rotation_days BIGINT NOT NULL,"
                    + " last_rotation_ms BIGINT, next_rotation_ms BIGINT, deletion_ms BIGINT, valid_to_ms BIGINT,"
                    + " unfinished SMALLINT NOT NULL, changed_ms BIGINT NOT NULL, mac {BLOB} NOT NULL)",
            "CREATE UNIQUE INDEX kms_key_alias ON kms_key (alias)",
            "CREATE INDEX kms_key_created ON kms_key (phase, created_ms, id)",
            "CREATE INDEX kms_key_state ON kms_key (phase, state, created_ms, id)",
            "CREATE INDEX kms_key_usage ON kms_key (phase, key_usage, created_ms, id)",
            "CREATE INDEX kms_key_origin ON kms_key (phase, origin, created_ms, id)",
            "CREATE INDEX kms_key_rotation ON kms_key (phase, state, next_rotation_ms)",
            "CREATE INDEX kms_key_deletion ON kms_key (phase, state, deletion_ms)",
            "CREATE INDEX kms_key_unfinished ON kms_key (unfinished, changed_ms)",
            "CREATE TABLE kms_key_version (key_id VARCHAR(36) NOT NULL REFERENCES kms_key (id),"
                    + " version_id VARCHAR(16) NOT NULL, position BIGINT NOT NULL, created_ms BIGINT NOT NULL,"
                    + " ready SMALLINT NOT NULL, token {BLOB} NOT NULL, mac {BLOB} NOT NULL,"
                    + " PRIMARY KEY (key_id, version_id))",
            "CREATE TABLE kms_key_tag (key_id VARCHAR(36) NOT NULL REFERENCES kms_key (id),"
                    + " name VARCHAR(255) NOT NULL, value VARCHAR(255) NOT NULL, created_ms BIGINT NOT NULL,"
                    + " PRIMARY KEY (key_id, name))",
            "CREATE INDEX kms_key_tag_value ON kms_key_tag (name, value, created_ms, key_id)",
            "CREATE TABLE kms_audit_chain (chain_id VARCHAR(36) PRIMARY KEY, instance VARCHAR(1024) NOT NULL,"
                    + " started_ms BIGINT NOT NULL, state VARCHAR(1) NOT NULL, head_sequence BIGINT NOT NULL,"
                    + " head_hash {BLOB} NOT NULL, mac {BLOB} NOT NULL)",
            "CREATE INDEX kms_audit_chain_state ON kms_audit_chain (state)",
            "CREATE TABLE kms_audit_event (chain_id VARCHAR(36) NOT NULL, sequence BIGINT NOT NULL,"
                    + " time_ms BIGINT NOT NULL, key_id VARCHAR(36), hash {BLOB} NOT NULL, body VARCHAR NOT NULL,"
                    + " PRIMARY KEY (chain_id, sequence))",
            "CREATE INDEX kms_audit_event_time ON kms_audit_event (time_ms)",
            "CREATE INDEX kms_audit_event_key ON kms_audit_event (key_id, time_ms)",
            "CREATE TABLE kms_lease (name VARCHAR(255) PRIMARY KEY, holder VARCHAR(36) NOT NULL,"
                    + " fence BIGINT NOT NULL, expires_ms BIGINT NOT NULL)");

    /** Imported material, bindings, keys of services. */
    private static final List<String> IMPORT = List.of(
            "CREATE TABLE kms_key_binding (key_id VARCHAR(36) NOT NULL REFERENCES kms_key (id),"
                    + " service VARCHAR(32) NOT NULL, resource VARCHAR(255) NOT NULL, mac {BLOB} NOT NULL,"
                    + " PRIMARY KEY (key_id, service, resource))",
            "CREATE TABLE kms_key_import (key_id VARCHAR(36) PRIMARY KEY REFERENCES kms_key (id),"
                    + " version_id VARCHAR(16) NOT NULL, created_ms BIGINT NOT NULL, recognition {BLOB} NOT NULL,"
                    + " mac {BLOB} NOT NULL)",
            "CREATE TABLE kms_wrapping_key (key_id VARCHAR(36) NOT NULL REFERENCES kms_key (id),"
                    + " id VARCHAR(36) NOT NULL, algorithm BIGINT NOT NULL, valid_to_ms BIGINT NOT NULL,"
                    + " token {BLOB} NOT NULL, mac {BLOB} NOT NULL, PRIMARY KEY (key_id, id))",
            "CREATE INDEX kms_wrapping_key_valid_to ON kms_wrapping_key (valid_to_ms, key_id)",
            "CREATE INDEX kms_key_valid_to ON kms_key (phase, valid_to_ms)",
            "CREATE INDEX kms_key_role ON kms_key (phase, (CASE WHEN owner = 'user' THEN 0 ELSE 1 END),"
                    + " created_ms, id)");

    /** Accounts, groups, policies. */
    private static final List<String> ACCESS = List.of(
            "CREATE TABLE kms_access (id VARCHAR(8) PRIMARY KEY, version BIGINT NOT NULL, mac {BLOB} NOT NULL)",
            "CREATE TABLE kms_principal (id VARCHAR(72) PRIMARY KEY, row_version BIGINT NOT NULL,"
                    + " created_ms BIGINT NOT NULL, mac {BLOB} NOT NULL)",
            "CREATE TABLE kms_principal_policy (principal_id VARCHAR(72) NOT NULL REFERENCES kms_principal (id),"
                    + " policy VARCHAR(128) NOT NULL, PRIMARY KEY (principal_id, policy))",
            "CREATE INDEX kms_principal_policy_policy ON kms_principal_policy (policy, principal_id)",
            "CREATE TABLE kms_group_member (account_id VARCHAR(72) NOT NULL REFERENCES kms_principal (id),"
                    + " group_name VARCHAR(64) NOT NULL, PRIMARY KEY (account_id, group_name))",
            "CREATE INDEX kms_group_member_group ON kms_group_member (group_name, account_id)",
            "CREATE TABLE kms_policy (name VARCHAR(128) PRIMARY KEY, row_version BIGINT NOT NULL,"
                    + " created_ms BIGINT NOT NULL, document VARCHAR(6144) NOT NULL, mac {BLOB} NOT NULL)");

    private static final List<String> AUDIT_REGISTRY = List.of(
            "CREATE TABLE kms_audit_signer (id VARCHAR(8) PRIMARY KEY, created_ms BIGINT NOT NULL,"
                    + " provider VARCHAR(255) NOT NULL, public_key {BLOB} NOT NULL, sealed_key {BLOB} NOT NULL,"
                    + " mac {BLOB} NOT NULL)",
            "CREATE TABLE kms_alarm (name VARCHAR(255) PRIMARY KEY, day BIGINT NOT NULL, mac {BLOB} NOT NULL)");

    /** The uses of key versions that may be used only so often. */
    private static final List<String> VERSION_USAGE = List.of(
            "CREATE TABLE kms_version_usage (key_id VARCHAR(36) NOT NULL REFERENCES kms_key (id),"
                    + " version_id VARCHAR(16) NOT NULL, reserved BIGINT NOT NULL, mac {BLOB} NOT NULL,"
                    + " PRIMARY KEY (key_id, version_id))",
            "CREATE INDEX kms_version_usage_reserved ON kms_version_usage (reserved)");

    private static final List<List<String>> STEPS =
            List.of(FIRST_RELEASE, IMPORT, ACCESS, AUDIT_REGISTRY, VERSION_USAGE);

    /** The version from which on a store has a registry of its audit chains. */
    static final int WITH_REGISTRY = STEPS.indexOf(AUDIT_REGISTRY) + 1;

    static final int LATEST = STEPS.size();

    private Migration() {}

    /** Returns the version of the tables, 0 if there are none, and refuses those that a later release made. */
    static int installed(Session session, Dialect dialect) throws SQLException {
        if (!dialect.hasTable(session, TABLE)) {
            return 0;
        }
        MovedMark.requireNone(session, dialect);
        record Applied(long version, String checksum) {}
        List<Applied> steps = session.queryOnce(
                "SELECT version, checksum FROM kms_schema ORDER BY version",
                result -> new Applied(result.getLong(1), result.getString(2)));
        // STO-1
        for (Applied step : steps) {
            if (step.version() > LATEST) {
                throw StoreException.permanent(
                        "the store has schema version " + step.version() + "; this release knows versions up to "
                                + LATEST,
                        null);
            }
            if (step.version() < 1 || !step.checksum().equals(checksum((int) step.version()))) {
                throw StoreException.permanent(
                        "kms_schema row " + step.version() + ": the schema was made by other statements", null);
            }
        }
        return steps.size();
    }

    /** Brings the tables to the latest version, in the transaction of the session; returns the one they had. */
    static int run(Session session, Dialect dialect) throws SQLException {
        // STO-2: nobody else migrates before this transaction ends
        dialect.lockSchema(session);
        int before = installed(session, dialect);
        for (int version = before + 1; version <= LATEST; version++) {
            for (String statement : STEPS.get(version - 1)) {
                session.execute(dialect.ddl(statement));
            }
            // not a cached statement: the table may be a moment old
            session.queryOnce(
                    "INSERT INTO kms_schema (version, applied_ms, checksum) VALUES (?, " + dialect.now()
                            + ", ?) RETURNING version",
                    result -> result.getLong(1),
                    version,
                    checksum(version));
        }
        return before;
    }

    /** Returns the names of the tables, every one behind those that it refers to. */
    static List<String> tables() {
        return STEPS.stream()
                .flatMap(List::stream)
                .map(CREATED_TABLE::matcher)
                .filter(Matcher::lookingAt)
                .map(created -> created.group(1))
                .toList();
    }

    /** Returns all statements, for those who want to read them or run them by hand. */
    static String script(UnaryOperator<String> ddl) {
        StringBuilder script = new StringBuilder();
        for (int version = 1; version <= LATEST; version++) {
            for (String statement : STEPS.get(version - 1)) {
                script.append(ddl.apply(statement)).append(";\n");
            }
            script.append("INSERT INTO kms_schema (version, applied_ms, checksum) VALUES (")
                    .append(version)
                    .append(", 0, '")
                    .append(checksum(version))
                    .append("');\n");
        }
        return script.toString();
    }

    private static String checksum(int version) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String statements = String.join(";\n", STEPS.get(version - 1));
            return HexFormat.of().formatHex(digest.digest(statements.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
