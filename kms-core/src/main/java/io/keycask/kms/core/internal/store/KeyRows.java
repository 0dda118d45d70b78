package io.keycask.kms.core.internal.store;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys as aggregates: one row in {@code kms_key} and the sets that belong to it (versions, tags, bindings, imports), read and
 * written as one value.
 *
 * <p>The MAC of the key row covers all its columns, all tags, and the MACs of all other members, which have one of their own,
 * so that damage to one version names it.
 */
final class KeyRows {
    private static final String BY_ID = Table.KEY.select() + " WHERE id = ?";
    private static final String UPDATE = Table.KEY.update() + " WHERE id = ? AND row_version = ?";
    private static final String DELETE = "DELETE FROM kms_key WHERE id = ? AND row_version = ?";
    private static final String ID_OF_ALIAS = "SELECT id FROM kms_key WHERE alias = ?";
    private static final String ROW_VERSION = "SELECT row_version FROM kms_key WHERE id = ?";
    private static final Comparator<String> BY_BYTES = Comparator.comparing(
            text -> text.getBytes(StandardCharsets.UTF_8), (left, right) -> Arrays.compareUnsigned(left, right));

    private final RowMacs macs;
    private final KeyMembers members;
    private final KeyAttachments attachments;
    private final Dialect dialect;

    KeyRows(RowMacs macs, Dialect dialect) {
        this.macs = macs;
        this.members = new KeyMembers(macs);
        this.attachments = new KeyAttachments(macs);
        this.dialect = dialect;
    }

    /** Returns the key, after all MACs were checked. The session is in a transaction. */
    Optional<KeyRecord> find(Session session, KeyId id) throws SQLException {
        Optional<Row> row = session.one(BY_ID, result -> Row.read(Table.KEY, result), id.toString());
        if (row.isEmpty()) {
            // STO-9: a key row that is gone leaves its members behind
            if (members.exist(session, id)) {
                throw RowMacs.damaged(Table.KEY, id + ", which is gone while rows that belong to it are there");
            }
            return Optional.empty();
        }
        List<Row> versions = members.versions(session, id);
        Map<String, String> tags = members.tags(session, id, row.get().number(KeyColumns.CREATED));
        List<Row> attached = attachments.read(session, id, KeyColumns.origin(row.get()));
        // the members first: where one of them was edited, it is named
        versions.forEach(version -> macs.check(version, id + "/" + version.text(KeyColumns.VERSION_ID)));
        attachments.check(id, attached);
        macs.check(
                row.get(),
                id + ", or its set of versions, tags, bindings or imports",
                mac(row.get(), versions, tags, attached));
        return Optional.of(KeyColumns.key(
                row.get(),
                versions.stream()
                        .map(version -> KeyColumns.version(version, id))
                        .toList(),
                tags,
                attached));
    }

    /** Returns the id of the key with this alias; the row is not checked. */
    Optional<KeyId> idOfAlias(Session session, String alias) throws SQLException {
        return session.one(ID_OF_ALIAS, result -> KeyColumns.id(result.getString(1)), alias);
    }

    /** Returns the row version, or -1; the row is not checked. */
    static long rowVersion(Session session, KeyId id) throws SQLException {
        return session.one(ROW_VERSION, result -> result.getLong(1), id.toString())
                .orElse(-1L);
    }

    KeyRecord insert(Session session, KeyRecord key) throws SQLException {
        requireFreeAlias(session, key);
        if (session.one(ROW_VERSION, result -> true, key.id().toString()).isPresent()) {
            throw stale(key);
        }
        KeyRecord next = key.stored();
        List<Row> versions = members.rows(next);
        List<Row> attached = attachments.rows(next);
        session.update(
                Table.KEY.insert(), signed(session, next, versions, attached).parameters());
        members.replace(session, next, versions);
        attachments.replace(session, next, attached);
        return next;
    }

    KeyRecord update(Session session, KeyRecord key) throws SQLException {
        requireFreeAlias(session, key);
        KeyRecord next = key.stored();
        List<Row> versions = members.rows(next);
        List<Row> attached = attachments.rows(next);
        Row row = signed(session, next, versions, attached);
        if (session.update(UPDATE, row.parameters(key.id().toString(), key.rowVersion())) == 0) {
            throw stale(key);
        }
        members.replace(session, next, versions);
        attachments.replace(session, next, attached);
        return next;
    }

    void delete(Session session, KeyRecord key) throws SQLException {
        // STO-4: the row version decides, before anything of the key is gone
        if (rowVersion(session, key.id()) != key.rowVersion()) {
            throw stale(key);
        }
        members.delete(session, key.id());
        attachments.delete(session, key.id());
        UsageRows.delete(session, key.id());
        if (session.update(DELETE, key.id().toString(), key.rowVersion()) == 0) {
            throw stale(key);
        }
    }

    private Row signed(Session session, KeyRecord key, List<Row> versions, List<Row> attached) throws SQLException {
        Row row = KeyColumns.row(key, dialect.time(session));
        return row.withMac(mac(row, versions, key.tags(), attached));
    }

    /** Returns the MAC of the key row, whose versions and attachments have their MACs already. */
    byte[] mac(Row row, List<Row> versions, Map<String, String> tags, List<Row> attached) {
        MacInput input = macs.input(Table.KEY.name()).row(row).number(tags.size());
        TreeMap<String, String> sorted = new TreeMap<>(BY_BYTES);
        sorted.putAll(tags);
        sorted.forEach((name, value) -> input.text(name).text(value));
        input.number(versions.size());
        versions.stream()
                .sorted(Comparator.comparing(version -> version.text(KeyColumns.VERSION_ID)))
                .forEach(version ->
                        input.text(version.text(KeyColumns.VERSION_ID)).bytes(version.mac()));
        KeyAttachments.addTo(input, attached);
        return macs.of(Table.KEY.name(), input);
    }

    private void requireFreeAlias(Session session, KeyRecord key) throws SQLException {
        Optional<KeyId> owner = idOfAlias(session, key.alias());
        if (owner.isPresent() && !owner.get().equals(key.id())) {
            throw new InvalidRequestException(
                    ErrorCode.ALIAS_ALREADY_EXISTS, "the alias '" + key.alias() + "' belongs to another key");
        }
    }

    private static StaleRecordException stale(KeyRecord key) {
        return new StaleRecordException("the key " + key.id() + " was changed by another process", null);
    }
}
