package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditHead;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The rows of audit events and of their chains. */
final class AuditRows {
    // the columns of Table.AUDIT_CHAIN, by position
    static final int CHAIN_ID = 0;
    static final int INSTANCE = 1;
    static final int STARTED = 2;
    static final int STATE = 3;
    static final int HEAD_SEQUENCE = 4;
    static final int HEAD_HASH = 5;

    /** A chain that its process may go on with. */
    static final String OPEN = "O";
    /** A chain that its process ended. */
    static final String CLOSED = "C";
    /** A chain whose process ended without a word, which is recorded in the chain of another one. */
    static final String INTERRUPTED = "I";

    /** The chain of chains, which no process owns. */
    static final String REGISTRY = "R";

    private static final String CHAINS =
            Table.AUDIT_CHAIN.select() + " WHERE state <> 'R' ORDER BY started_ms, chain_id";
    private static final String CHAIN = Table.AUDIT_CHAIN.select() + " WHERE chain_id = ?";
    private static final String OPEN_CHAINS = Table.AUDIT_CHAIN.select() + " WHERE state = 'O'";
    private static final String UPDATE_CHAIN = Table.AUDIT_CHAIN.update() + " WHERE chain_id = ? AND mac = ?";
    private static final String INSERT_EVENT = "INSERT INTO kms_audit_event"
            + " (chain_id, sequence, time_ms, key_id, hash, body) VALUES (?, ?, ?, ?, ?, ?)";
    static final String COLUMNS = "chain_id, sequence, time_ms, key_id, hash, body";
    private static final String EVENTS =
            "SELECT " + COLUMNS + " FROM kms_audit_event WHERE chain_id = ? AND sequence > ? ORDER BY sequence";
    private static final String NEXT_EVENTS = EVENTS + " LIMIT ?";
    private static final String DELETE_EVENTS = "DELETE FROM kms_audit_event WHERE chain_id = ? AND sequence <= ?";
    private static final String DELETE_CHAIN = "DELETE FROM kms_audit_chain WHERE chain_id = ? AND mac = ?";

    private static final int FETCHED_ROWS = 1_000;

    private AuditRows() {}

    static List<Row> chains(Session session) throws SQLException {
        return session.query(CHAINS, result -> Row.read(Table.AUDIT_CHAIN, result));
    }

    static List<Row> openChains(Session session) throws SQLException {
        return session.query(OPEN_CHAINS, result -> Row.read(Table.AUDIT_CHAIN, result));
    }

    static Optional<Row> chain(Session session, String chainId) throws SQLException {
        return session.one(CHAIN, result -> Row.read(Table.AUDIT_CHAIN, result), chainId);
    }

    static void insertChain(Session session, Row chain) throws SQLException {
        session.update(Table.AUDIT_CHAIN.insert(), chain.parameters());
    }

    /** Replaces the row of a chain, if it is still the one that was read; returns whether it was. */
    static boolean replaceChain(Session session, Row from, Row to) throws SQLException {
        return session.update(UPDATE_CHAIN, to.parameters(from.text(CHAIN_ID), from.mac())) == 1;
    }

    static void insertEvents(Session session, List<AuditEntry> entries) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT_EVENT);
        try {
            for (AuditEntry entry : entries) {
                Session.bind(
                        insert,
                        entry.chain().toString(),
                        entry.sequence(),
                        entry.timeMillis(),
                        entry.keyId().orElse(null),
                        entry.hash(),
                        entry.body());
                insert.addBatch();
            }
            insert.executeBatch();
        } finally {
            insert.clearBatch();
        }
    }

    /** Lends the events of a chain behind this number in their order, until the reader has seen enough. */
    static void readEvents(Session session, UUID chainId, long behind, Predicate<AuditEntry> reader)
            throws SQLException {
        PreparedStatement query = session.prepared(EVENTS);
        query.setFetchSize(FETCHED_ROWS); // a chain may be longer than memory
        Session.bind(query, chainId.toString(), behind);
        try (ResultSet result = query.executeQuery()) {
            boolean more = true;
            while (more && result.next()) {
                more = reader.test(entry(result));
            }
        }
    }

    /** Returns the events of a chain behind this number, at most so many. */
    static List<AuditEntry> nextEvents(Session session, UUID chainId, long behind, int limit) throws SQLException {
        return session.query(NEXT_EVENTS, AuditRows::entry, chainId.toString(), behind, limit);
    }

    /** Deletes the events of a chain up to this number. */
    static void deleteEvents(Session session, String chainId, long last) throws SQLException {
        session.update(DELETE_EVENTS, chainId, last);
    }

    /** Deletes the row of a chain, if it is still the one that was read. */
    static void deleteChain(Session session, Row chain) throws SQLException {
        if (session.update(DELETE_CHAIN, chain.text(CHAIN_ID), chain.mac()) == 0) {
            throw new StaleRecordException("the audit chain was changed by another process", null);
        }
    }

    static AuditHead head(Row chain) {
        return new AuditHead(chain.number(HEAD_SEQUENCE), chain.blob(HEAD_HASH));
    }

    /** Returns the entry that a query of {@link #COLUMNS} stands at. */
    static AuditEntry entry(ResultSet result) throws SQLException {
        byte[] hash = result.getBytes(5);
        return new AuditEntry(
                id(result.getString(1)),
                result.getLong(2),
                result.getLong(3),
                Optional.ofNullable(result.getString(4)),
                hash == null ? new byte[0] : hash,
                String.valueOf(result.getString(6)));
    }

    private static UUID id(String chain) {
        try {
            return UUID.fromString(chain);
        } catch (IllegalArgumentException e) {
            throw StoreException.permanent("kms_audit_event: '" + chain + "' is not the id of a chain", e);
        }
    }
}
