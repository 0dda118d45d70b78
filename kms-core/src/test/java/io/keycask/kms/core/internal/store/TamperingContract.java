package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.KmsException;
import io.keycask.kms.Principal;
import io.keycask.kms.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is edited, swapped, planted, deleted or added behind the store's back is noticed, and named. */
abstract class TamperingContract {
    private static final TestAnchor ANCHOR = new TestAnchor(1);

    /** The tables whose rows belong to a row of another one, which is named. */
    private static final Map<String, String> OWNERS = Map.of(
            "kms_key_tag", "kms_key", "kms_principal_policy", "kms_principal", "kms_group_member", "kms_principal");

    private final TestDatabase.Kind kind;
    private final int maxRows;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private KeyRecord orders;
    private KeyRecord invoices;

    /** Tests on this kind of database, which edit so many rows of each table one after the other. */
    TamperingContract(TestDatabase.Kind kind, int maxRows) {
        this.kind = kind;
        this.maxRows = maxRows;
    }

    @BeforeEach
    void fill() {
        database = kind.create(folder);
        try (Store store = open()) {
            orders = store.write(tx -> tx.insert(TestKeys.external("orders", TestKeys.NOON)));
            invoices = store.write(tx -> tx.insert(TestKeys.external("invoices", TestKeys.NOON.plusSeconds(9))));
            store.write(TamperingContract::fillAccess);
            List.of(orders, invoices).forEach(key -> store.write(tx -> tx.reserve(TestKeys.current(key), 0, 5, 9)));
            store.audit(List.of(TestKeys.event("A"), TestKeys.event("B"), TestKeys.event("C")));
            store.checkpoint();
        }
    }

    private static boolean fillAccess(Store.Transaction transaction) {
        AccessRecords access = transaction.access();
        Principal alice = Principal.account("alice");
        Principal ops = Principal.group("ops");
        access.put(new PolicyRecord("use", 0, TestKeys.NOON, "{}"));
        access.put(new PrincipalRecord(ops, 0, TestKeys.NOON, Set.of("use"), Set.of()));
        access.put(new PrincipalRecord(alice, 0, TestKeys.NOON, Set.of("preset/read-only"), Set.of("ops")));
        return true;
    }

    @AfterEach
    void close() {
        database.close();
    }

    record Cell(String table, String column) {}

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Table table : Table.ALL) {
            table.columns().forEach(column -> cells.add(new Cell(table.name(), column.name())));
            cells.add(new Cell(table.name(), Table.MAC));
        }
        // an alarm comes again when its row is damaged, and a signer that is gone is known by its public key outside
        cells.removeIf(cell -> cell.table().equals("kms_alarm") || cell.equals(new Cell("kms_audit_signer", "id")));
        // a number that is gone is one of an older copy, which processes that know better do not believe
        cells.remove(new Cell("kms_version_usage", "key_id"));
        Stream.of("key_id", "name", "value", "created_ms").forEach(c -> cells.add(new Cell("kms_key_tag", c)));
        Stream.of("principal_id", "policy").forEach(c -> cells.add(new Cell("kms_principal_policy", c)));
        Stream.of("account_id", "group_name").forEach(c -> cells.add(new Cell("kms_group_member", c)));
        Stream.of("chain_id", "sequence", "time_ms", "key_id", "hash", "body")
                .forEach(column -> cells.add(new Cell("kms_audit_event", column)));
        Stream.of("version", "checksum").forEach(column -> cells.add(new Cell("kms_schema", column)));
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyColumn_editedInAnyRow_isNoticedAndNamed(Cell cell) throws Exception {
        int rows = withTamper(
                tamper -> tamper.rows("SELECT * FROM " + cell.table()).size());
        assertThat(rows).isPositive();
        TestDatabase.Snapshot before = database.snapshot();

        for (int row = 0; row < Math.min(rows, maxRows); row++) {
            before.restore();
            edit(cell, row);

            assertThat(problems()).as("row %d", row).anyMatch(problem -> names(problem, cell));
        }
    }

    /** A sealed key that does not unseal, or not for this store, is the anchor's to report. */
    private static boolean names(String problem, Cell cell) {
        boolean isAnchors = cell.table().equals("kms_store")
                && (cell.column().equals("sealed_key") || cell.column().equals("store_id"));
        String table = OWNERS.getOrDefault(cell.table(), cell.table());
        return switch (table + "." + cell.column()) {
            case "kms_store.id" -> problem.contains("kms_store row store");
            case "kms_key_version.key_id",
                    "kms_key_binding.key_id",
                    "kms_key_import.key_id",
                    "kms_wrapping_key.key_id" -> problem.contains("kms_key row");
            case "kms_store.provider" -> problem.contains("the store key is sealed by the provider");
            case "kms_schema.version" -> problem.contains("schema");
            default -> problem.contains(isAnchors ? "the root key is another" : table + " row");
        };
    }

    private void edit(Cell cell, int row) throws SQLException {
        withTamper(tamper -> {
            String place = database.rowId();
            String where = " WHERE " + place + " = (SELECT " + place + " FROM " + cell.table() + " LIMIT 1 OFFSET "
                    + row + ")";
            Object value = tamper.rows("SELECT " + cell.column() + " FROM " + cell.table() + where)
                    .get(0)
                    .get(cell.column());
            return tamper.run("UPDATE " + cell.table() + " SET " + cell.column() + " = ?" + where, another(value));
        });
    }

    private static Object another(Object value) {
        if (value instanceof String text) {
            int middle = text.length() / 2;
            char other = text.isEmpty() || text.charAt(middle) == '7' ? '8' : '7';
            return text.isEmpty() ? "7" : text.substring(0, middle) + other + text.substring(middle + 1);
        }
        if (value instanceof Number number) {
            return number.longValue() + 1_000;
        }
        byte[] bytes = value == null ? new byte[] {'0'} : ((byte[]) value).clone();
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    /** Says everything that a store says about the database: at opening, for every key, for the list and for the audit. */
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        try (Store store = open()) {
            for (KeyRecord key : List.of(orders, invoices)) {
                collect(problems, () -> store.key(key.id()));
                collect(problems, () -> store.write(tx -> tx.reserve(TestKeys.current(key), 0, 0, 9)));
                collect(problems, () -> store.idOfAlias(key.alias()).ifPresent(store::key));
            }
            collect(problems, () -> store.keys(KeyQuery.all()));
            collect(problems, () -> store.readAccess(access -> access.policiesOf("alice")));
            problems.addAll(store.verifyAudit());
            collect(problems, store::checkpoint);
        } catch (KmsException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    private static void collect(List<String> problems, Runnable look) {
        try {
            look.run();
        } catch (StoreException e) {
            assertThat(e.isRetryable()).isFalse();
            problems.add(e.getMessage());
        }
    }

    @Test
    void problems_ofADatabaseNobodyTouched_areNone() {
        assertThat(problems()).isEmpty();
    }

    static final List<String> KEYED_TABLES =
            List.of("kms_key_version", "kms_key_tag", "kms_key_binding", "kms_key_import", "kms_wrapping_key");

    @ParameterizedTest
    @FieldSource("KEYED_TABLES")
    void members_ofTwoKeysSwapped_areNoticedForBoth(String table) throws Exception {
        withTamper(tamper -> {
            tamper.run("UPDATE " + table + " SET key_id = 'x' WHERE key_id = ?", id(orders));
            tamper.run("UPDATE " + table + " SET key_id = ? WHERE key_id = ?", id(orders), id(invoices));
            return tamper.run("UPDATE " + table + " SET key_id = ? WHERE key_id = 'x'", id(invoices));
        });

        if (table.equals("kms_key_tag")) {
            // both keys have the same tags, so that only the copied date tells
            assertThat(problems()).anyMatch(p -> p.contains(id(orders))).anyMatch(p -> p.contains(id(invoices)));
        } else {
            String row = table.equals("kms_key_version") ? " row " : " row of key ";
            assertRefused(orders, table + row + id(orders));
            assertRefused(invoices, table + row + id(invoices));
        }
    }

    @Test
    void tokens_ofTwoVersionsSwapped_areNoticed() throws Exception {
        swap("kms_key_version", "token", "mac");

        assertRefused(orders, "kms_key_version row " + id(orders));
    }

    @Test
    void aliases_ofTwoKeysSwapped_areNoticed() throws Exception {
        withTamper(tamper -> {
            tamper.run("UPDATE kms_key SET alias = 'x' WHERE id = ?", id(orders));
            tamper.run("UPDATE kms_key SET alias = 'orders' WHERE id = ?", id(invoices));
            return tamper.run("UPDATE kms_key SET alias = 'invoices' WHERE id = ?", id(orders));
        });

        assertRefused(orders, "kms_key row " + id(orders));
        assertRefused(invoices, "kms_key row " + id(invoices));
    }

    @Test
    void wholeKeyRows_withTheIdsSwapped_areNoticed() throws Exception {
        withTamper(tamper -> {
            tamper.run("UPDATE kms_key SET id = 'x' WHERE id = ?", id(orders));
            tamper.run("UPDATE kms_key SET id = ? WHERE id = ?", id(orders), id(invoices));
            return tamper.run("UPDATE kms_key SET id = ? WHERE id = 'x'", id(invoices));
        });

        assertRefused(orders, "kms_key row " + id(orders));
        assertRefused(invoices, "kms_key row " + id(invoices));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms_key_version", "kms_key_tag"})
    void member_deletedOrAdded_isNoticed(String table) throws Exception {
        String key = table.equals("kms_key_tag") ? "name" : "version_id";
        withTamper(tamper -> {
            Map<String, Object> row = tamper.rows("SELECT * FROM " + table + " WHERE key_id = '" + id(orders) + "'")
                    .get(0);
            tamper.run("DELETE FROM " + table + " WHERE key_id = ? AND " + key + " = ?", id(orders), row.get(key));
            row.put("key_id", id(invoices));
            row.put(key, table.equals("kms_key_tag") ? "more" : "0123456789abcdef");
            tamper.insert(table, row);
            return 0;
        });

        assertRefused(orders, "kms_key row " + id(orders));
        assertRefused(invoices, id(invoices));
    }

    @Test
    void allMembers_deleted_areNoticed() throws Exception {
        for (String table : KEYED_TABLES) {
            TestDatabase.Snapshot before = database.snapshot();
            withTamper(tamper -> tamper.run("DELETE FROM " + table + " WHERE key_id = ?", id(orders)));

            assertRefused(orders, "kms_key row " + id(orders));
            before.restore();
        }
    }

    @Test
    void keyRow_deletedWithoutItsMembers_isNoticed() throws Exception {
        withTamper(tamper -> tamper.run("DELETE FROM kms_key WHERE id = ?", id(orders)));

        assertRefused(orders, "kms_key row " + id(orders));
    }

    @Test
    void olderVersionSet_putBackUnderTheNewerKeyRow_isNoticed() throws Exception {
        List<Map<String, Object>> older =
                withTamper(tamper -> tamper.rows("SELECT * FROM kms_key_version WHERE key_id = '" + id(orders) + "'"));
        try (Store store = open()) {
            store.write(tx -> tx.update(orders.change(d -> d.versions(
                    List.of(KeyVersionRecord.ready(orders.versions().get(0).id(), TestKeys.NOON, new byte[] {9}))))));
        }
        withTamper(tamper -> {
            tamper.run("DELETE FROM kms_key_version WHERE key_id = ?", id(orders));
            for (Map<String, Object> row : older) {
                tamper.insert("kms_key_version", row);
            }
            return 0;
        });

        assertRefused(orders, "kms_key row " + id(orders));
    }

    @Test
    void foreignRows_ofAStoreWithTheSameAnchor_areNoticed() throws Exception {
        TestDatabase other = kind.create(Files.createDirectory(folder.resolve("foreign")));
        KeyRecord foreign;
        try (Store store = other.open(ANCHOR, Instance.current())) {
            foreign = store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.audit(List.of(TestKeys.event("A")));
        }
        Map<String, List<Map<String, Object>>> rows = new HashMap<>();
        try (Tamper tamper = other.tamper()) {
            for (String table : List.of("kms_key", "kms_key_version", "kms_key_tag", "kms_audit_chain", "kms_store")) {
                String own = table.equals("kms_audit_chain") ? " WHERE state <> 'R'" : "";
                rows.put(table, tamper.rows("SELECT * FROM " + table + own));
            }
        }
        other.close();

        withTamper(tamper -> {
            tamper.run("DELETE FROM kms_key WHERE id = ?", id(orders));
            for (String table : List.of("kms_key", "kms_key_version", "kms_key_tag", "kms_audit_chain")) {
                for (Map<String, Object> row : rows.get(table)) {
                    tamper.insert(table, row);
                }
            }
            return 0;
        });

        assertRefused(foreign, "kms_key_version row " + id(foreign));
        assertThat(problems()).anyMatch(problem -> problem.startsWith("kms_audit_chain row "));

        withTamper(tamper -> {
            tamper.run("DELETE FROM kms_store");
            tamper.insert("kms_store", rows.get("kms_store").get(0));
            return 0;
        });
        assertRefused(invoices, "kms_key_version row " + id(invoices));
    }

    private void swap(String table, String... columns) throws SQLException {
        withTamper(tamper -> {
            List<Map<String, Object>> rows =
                    tamper.rows("SELECT * FROM " + table + " WHERE key_id = '" + id(orders) + "'");
            for (String column : columns) {
                for (int i = 0; i < 2; i++) {
                    tamper.run(
                            "UPDATE " + table + " SET " + column + " = ? WHERE version_id = ?",
                            rows.get(1 - i).get(column),
                            rows.get(i).get("version_id"));
                }
            }
            return 0;
        });
    }

    private void assertRefused(KeyRecord key, String named) {
        try (Store store = open()) {
            assertThatThrownBy(() -> store.key(key.id()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(named)
                    .matches(e -> !((StoreException) e).isRetryable());
        }
    }

    private interface Act<T> {
        T with(Tamper tamper) throws SQLException;
    }

    private <T> T withTamper(Act<T> act) throws SQLException {
        try (Tamper tamper = database.tamper()) {
            return act.with(tamper);
        }
    }

    private static String id(KeyRecord key) {
        return key.id().toString();
    }

    private Store open() {
        return database.open(ANCHOR, Instance.current());
    }
}
