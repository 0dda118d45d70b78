package io.keycask.kms.core.internal.store;

import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The key of the store: 32 random bytes under which all rows are, sealed by the anchor.
 *
 * <p>Unsealing it is also how a wrong root key is noticed before anything is written. No lock is held while the anchor
 * works, so two processes may both seal a key for a fresh store; the row of the first one counts.
 */
final class StoreKey {
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "keycask/store-key/v1/";
    private static final String ONLY_ROW = "store";
    private static final int STORE_ID = 1;
    private static final int CREATED = 2;
    private static final int PROVIDER = 3;
    private static final int SEALED_KEY = 4;
    private static final String BY_ID = Table.STORE.select() + " WHERE id = '" + ONLY_ROW + "'";

    private static final String ANY_ROW = "SELECT 1 WHERE EXISTS (SELECT 1 FROM kms_store)"
            + " OR EXISTS (SELECT 1 FROM kms_key) OR EXISTS (SELECT 1 FROM kms_audit_chain)"
            + " OR EXISTS (SELECT 1 FROM kms_access)";

    private StoreKey() {}

    /** Opens the store key, makes it if there is none, brings the tables to the latest version and returns the MACs. */
    static RowMacs open(Connections connections, StoreAnchor anchor) {
        Optional<Row> found = connections.withWriter(session -> read(session, connections.dialect()));
        if (found.isEmpty()) {
            create(connections, anchor);
            found = connections.withWriter(session -> read(session, connections.dialect()));
        }
        RowMacs macs = unseal(found.orElseThrow(StoreKey::missing), anchor);
        migrateIfNeeded(connections, macs);
        return macs;
    }

    /** Seals the key again if it is sealed under an earlier root key; returns whether it was. */
    static boolean reseal(Connections connections, StoreAnchor first, RowMacs macs) {
        Row row = connections
                .withWriter(session -> session.one(BY_ID, result -> Row.read(Table.STORE, result)))
                .orElseThrow(StoreKey::missing);
        macs.check(row, ONLY_ROW);
        StoreAnchor anchor = first.of(row.text(PROVIDER));
        if (anchor.isCurrent(row.blob(SEALED_KEY))) {
            return false;
        }
        String purpose = purpose(row);
        byte[] sealed;
        try (SecretBytes key = anchor.unseal(purpose, row.blob(SEALED_KEY))) {
            sealed = anchor.seal(purpose, key);
        }
        Row next = row(row.text(STORE_ID), row.number(CREATED), anchor.provider(), sealed);
        Row signed = next.withMac(macs.of(next));
        int changed = connections.write(session -> session.update(
                Table.STORE.update() + " WHERE id = ? AND mac = ?", signed.parameters(ONLY_ROW, row.mac())));
        if (changed == 0) {
            throw new StaleRecordException("the store key was sealed again by another process", null);
        }
        return true;
    }

    /** Returns the id of the store, or nothing if its key was not made yet; the row is not checked. */
    static Optional<String> storeId(Session session) throws SQLException {
        return session.one(BY_ID, result -> Row.read(Table.STORE, result)).map(row -> row.text(STORE_ID));
    }

    private static Optional<Row> read(Session session, Dialect dialect) throws SQLException {
        if (Migration.installed(session, dialect) == 0) {
            return Optional.empty();
        }
        return session.one(BY_ID, result -> Row.read(Table.STORE, result));
    }

    private static RowMacs unseal(Row row, StoreAnchor first) {
        StoreAnchor anchor = first.of(row.text(PROVIDER));
        if (!row.text(PROVIDER).equals(anchor.provider())) {
            throw StoreException.permanent(
                    "the store key is sealed by the provider '" + row.text(PROVIDER)
                            + "', which was not given; found the provider '" + anchor.provider() + "'",
                    null);
        }
        try (SecretBytes key = anchor.unseal(purpose(row), row.blob(SEALED_KEY))) {
            if (key.size() != KEY_BYTES) {
                throw StoreException.permanent(
                        "the store key has " + key.size() + " bytes; expected " + KEY_BYTES, null);
            }
            RowMacs macs = new RowMacs(UUID.fromString(row.text(STORE_ID)), key);
            macs.check(row, ONLY_ROW);
            return macs;
        }
    }

    private static void create(Connections connections, StoreAnchor anchor) {
        UUID storeId = UUID.randomUUID();
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        try (SecretBytes key = SecretBytes.takeFrom(random)) {
            byte[] sealed = anchor.seal(PURPOSE + storeId, key);
            RowMacs macs = new RowMacs(storeId, key);
            connections.write(session -> {
                Migration.run(session, connections.dialect());
                if (session.one(BY_ID, result -> Row.read(Table.STORE, result)).isEmpty()) {
                    requireEmpty(session);
                    long now = connections.dialect().time(session);
                    Row row = row(storeId.toString(), now, anchor.provider(), sealed);
                    session.update(
                            Table.STORE.insert(), row.withMac(macs.of(row)).parameters());
                    new AuditRegistrar(macs, connections.dialect()).create(session);
                }
                return true;
            });
        }
    }

    // STO-3: a second key would make everything unreadable that is under the first
    private static void requireEmpty(Session session) throws SQLException {
        if (session.one(ANY_ROW, result -> true).isPresent()) {
            throw missing();
        }
    }

    private static void migrateIfNeeded(Connections connections, RowMacs macs) {
        Dialect dialect = connections.dialect();
        if (connections.withWriter(session -> Migration.installed(session, dialect)) < Migration.LATEST) {
            connections.write(session -> {
                int before = Migration.run(session, dialect);
                if (before < Migration.WITH_REGISTRY) {
                    new AuditRegistrar(macs, dialect).create(session);
                }
                return true;
            });
        }
    }

    private static Row row(String storeId, long created, String provider, byte[] sealed) {
        return Row.of(Table.STORE, ONLY_ROW, storeId, created, provider, sealed);
    }

    private static String purpose(Row row) {
        return PURPOSE + row.text(STORE_ID);
    }

    private static StoreException missing() {
        return StoreException.permanent("kms_store row " + ONLY_ROW + ": missing, while other rows are there", null);
    }
}
