package io.keycask.kms.core.internal.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table whose rows are under a MAC: its columns in their fixed order, and the MAC behind them. */
final class Table {
    static final Table STORE = new Table(
            "kms_store", text("id"), text("store_id"), number("created_ms"), text("provider"), blob("sealed_key"));

    static final Table KEY = new Table(
            "kms_key",
            text("id"),
            number("row_version"),
            text("alias"),
            text("description"),
            text("spec"),
            text("key_usage"),
            text("origin"),
            text("provider"),
            text("owner"),
            text("state"),
            text("phase"),
            number("created_ms"),
            text("current_version"),
            number("rotation_days"),
            number("last_rotation_ms"),
            number("next_rotation_ms"),
            number("deletion_ms"),
            number("valid_to_ms"),
            number("unfinished"),
            number("changed_ms"));

    static final Table KEY_VERSION = new Table(
            "kms_key_version",
            text("key_id"),
            text("version_id"),
            number("position"),
            number("created_ms"),
            number("ready"),
            blob("token"));

    static final Table BINDING = new Table("kms_key_binding", text("key_id"), text("service"), text("resource"));

    static final Table IMPORT =
            new Table("kms_key_import", text("key_id"), text("version_id"), number("created_ms"), blob("recognition"));

    static final Table WRAPPING_KEY = new Table(
            "kms_wrapping_key", text("key_id"), text("id"), number("algorithm"), number("valid_to_ms"), blob("token"));

    static final Table AUDIT_CHAIN = new Table(
            "kms_audit_chain",
            text("chain_id"),
            text("instance"),
            number("started_ms"),
            text("state"),
            number("head_sequence"),
            blob("head_hash"));

    static final Table ACCESS = new Table("kms_access", text("id"), number("version"));

    static final Table PRINCIPAL = new Table("kms_principal", text("id"), number("row_version"), number("created_ms"));

    static final Table POLICY =
            new Table("kms_policy", text("name"), number("row_version"), number("created_ms"), text("document"));

    static final Table AUDIT_SIGNER = new Table(
            "kms_audit_signer",
            text("id"),
            number("created_ms"),
            text("provider"),
            blob("public_key"),
            blob("sealed_key"));

    static final Table ALARM = new Table("kms_alarm", text("name"), number("day"));

    static final Table VERSION_USAGE =
            new Table("kms_version_usage", text("key_id"), text("version_id"), number("reserved"));

    /** All tables under a MAC, which is also the list of the keys that are derived for them. */
    static final List<Table> ALL = List.of(
            STORE,
            KEY,
            KEY_VERSION,
            BINDING,
            IMPORT,
            WRAPPING_KEY,
            AUDIT_CHAIN,
            ACCESS,
            PRINCIPAL,
            POLICY,
            AUDIT_SIGNER,
            ALARM,
            VERSION_USAGE);

    static final String MAC = "mac";

    enum Type {
        TEXT,
        NUMBER,
        BLOB
    }

    record Column(String name, Type type) {}

    private final String name;
    private final List<Column> columns;
    private final String select;
    private final String insert;
    private final String update;

    private Table(String name, Column... columns) {
        this.name = name;
        this.columns = List.of(columns);
        List<String> names = Arrays.stream(columns).map(Column::name).collect(Collectors.toList());
        names.add(MAC);
        this.select = "SELECT " + String.join(", ", names) + " FROM " + name;
        this.insert = "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES ("
                + String.join(", ", names.stream().map(n -> "?").toList()) + ")";
        this.update = "UPDATE " + name + " SET " + String.join(" = ?, ", names) + " = ?";
    }

    private static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    private static Column number(String name) {
        return new Column(name, Type.NUMBER);
    }

    private static Column blob(String name) {
        return new Column(name, Type.BLOB);
    }

    String name() {
        return name;
    }

    List<Column> columns() {
        return columns;
    }

    /** Returns {@code SELECT} of all columns and the MAC. */
    String select() {
        return select;
    }

    /** Returns {@code INSERT} of all columns and the MAC. */
    String insert() {
        return insert;
    }

    /** Returns {@code UPDATE} of all columns and the MAC, without a condition. */
    String update() {
        return update;
    }

    @Override
    public String toString() {
        return name;
    }
}
