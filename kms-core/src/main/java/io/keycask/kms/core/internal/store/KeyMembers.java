package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The sets that belong to a key: its versions and its tags. Only what differs is written. */
final class KeyMembers {
    private static final String VERSIONS = Table.KEY_VERSION.select() + " WHERE key_id = ? ORDER BY position";
    private static final String VERSION_MACS = "SELECT version_id, mac FROM kms_key_version WHERE key_id = ?";
    private static final String UPDATE_VERSION = Table.KEY_VERSION.update() + " WHERE key_id = ? AND version_id = ?";
    private static final String DELETE_VERSION = "DELETE FROM kms_key_version WHERE key_id = ? AND version_id = ?";
    private static final String DELETE_VERSIONS = "DELETE FROM kms_key_version WHERE key_id = ?";
    private static final String TAGS = "SELECT name, value, created_ms FROM kms_key_tag WHERE key_id = ?";
    private static final String INSERT_TAG =
            "INSERT INTO kms_key_tag (key_id, name, value, created_ms) VALUES (?, ?, ?, ?)";
    private static final String DELETE_TAGS = "DELETE FROM kms_key_tag WHERE key_id = ?";
    private static final String EXIST = "SELECT 1 WHERE EXISTS (SELECT 1 FROM kms_key_version WHERE key_id = ?)"
            + " OR EXISTS (SELECT 1 FROM kms_key_tag WHERE key_id = ?)"
            + " OR EXISTS (SELECT 1 FROM kms_key_binding WHERE key_id = ?)"
            + " OR EXISTS (SELECT 1 FROM kms_key_import WHERE key_id = ?)"
            + " OR EXISTS (SELECT 1 FROM kms_wrapping_key WHERE key_id = ?)"
            + " OR EXISTS (SELECT 1 FROM kms_version_usage WHERE key_id = ?)";

    private final RowMacs macs;

    KeyMembers(RowMacs macs) {
        this.macs = macs;
    }

    boolean exist(Session session, KeyId key) throws SQLException {
        String id = key.toString();
        return session.one(EXIST, result -> true, id, id, id, id, id, id).isPresent();
    }

    /** Returns the version rows, the oldest first; their MACs are not checked. */
    List<Row> versions(Session session, KeyId key) throws SQLException {
        return session.query(VERSIONS, result -> Row.read(Table.KEY_VERSION, result), key.toString());
    }

    /** Returns the tags; the MAC of the key row covers names and values, the date is a copy of the key's. */
    Map<String, String> tags(Session session, KeyId key, long keyCreated) throws SQLException {
        Map<String, String> tags = new HashMap<>();
        session.query(
                TAGS,
                result -> {
                    String name = result.getString(1);
                    if (result.getLong(3) != keyCreated) {
                        throw RowMacs.damaged(Table.KEY, key + ", tag '" + name + "' in kms_key_tag");
                    }
                    return tags.put(name, String.valueOf(result.getString(2)));
                },
                key.toString());
        return tags;
    }

    /** Returns the version rows of the record, with their MACs. */
    List<Row> rows(KeyRecord key) {
        List<Row> rows = new ArrayList<>();
        for (KeyVersionRecord version : key.versions()) {
            Row row = KeyColumns.row(key.id(), version, rows.size());
            rows.add(row.withMac(macs.of(row)));
        }
        return rows;
    }

    /** Makes versions and tags in the database those of the record. */
    void replace(Session session, KeyRecord key, List<Row> versions) throws SQLException {
        replaceVersions(session, key, versions);
        if (!tags(session, key.id(), key.created().toEpochMilli()).equals(key.tags())) {
            session.update(DELETE_TAGS, key.id().toString());
            for (Map.Entry<String, String> tag : key.tags().entrySet()) {
                session.update(
                        INSERT_TAG,
                        key.id().toString(),
                        tag.getKey(),
                        tag.getValue(),
                        key.created().toEpochMilli());
            }
        }
    }

    private static void replaceVersions(Session session, KeyRecord key, List<Row> versions) throws SQLException {
        String keyId = key.id().toString();
        Map<String, byte[]> stored =
                session
                        .query(VERSION_MACS, result -> Map.entry(result.getString(1), result.getBytes(2)), keyId)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<String> gone = new HashSet<>(stored.keySet());
        for (Row version : versions) {
            String id = version.text(KeyColumns.VERSION_ID);
            gone.remove(id);
            byte[] mac = stored.get(id);
            if (mac == null) {
                session.update(Table.KEY_VERSION.insert(), version.parameters());
            } else if (!MessageDigest.isEqual(mac, version.mac())) {
                session.update(UPDATE_VERSION, version.parameters(keyId, id));
            }
        }
        for (String id : gone) {
            session.update(DELETE_VERSION, keyId, id);
        }
    }

    void delete(Session session, KeyId key) throws SQLException {
        session.update(DELETE_VERSIONS, key.toString());
        session.update(DELETE_TAGS, key.toString());
    }
}
