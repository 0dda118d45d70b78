package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Principal;
import io.keycask.kms.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is swapped, planted or deleted among accounts, groups and policies gives nobody a permission, and is named. */
final class AccessTamperingTest {
    private static final TestAnchor ANCHOR = new TestAnchor(1);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("keys.db");
        fill(file);
    }

    private static void fill(Path file) {
        try (Store store = open(file)) {
            store.write(tx -> {
                AccessRecords access = tx.access();
                access.put(new PolicyRecord("use", 0, TestKeys.NOON, "{use}"));
                access.put(new PolicyRecord("deny", 0, TestKeys.NOON, "{deny}"));
                access.put(principal(Principal.group("ops"), Set.of("deny"), Set.of()));
                access.put(principal(Principal.account("alice"), Set.of("use"), Set.of("ops")));
                access.put(principal(Principal.account("bob"), Set.of("deny", "use"), Set.of()));
                return true;
            });
        }
    }

    private static PrincipalRecord principal(Principal principal, Set<String> policies, Set<String> groups) {
        return new PrincipalRecord(principal, 0, TestKeys.NOON, policies, groups);
    }

    @Test
    void policies_ofAFileNobodyTouched_areThoseOfTheAccountAndItsGroups() {
        try (Store store = open(file)) {
            assertThat(policiesOf(store, "alice"))
                    .isEqualTo(new AccountPolicies(
                            1,
                            List.of(
                                    new AccountPolicies.Attached("use", Optional.empty(), Optional.of("{use}")),
                                    new AccountPolicies.Attached("deny", Optional.of("ops"), Optional.of("{deny}")))));
            assertThat(policiesOf(store, "carol").policies()).isEmpty();
            assertThat(store.accessVersion()).isEqualTo(1);
        }
    }

    @Test
    void attachment_removedFromASet_isNoticed() throws Exception {
        tamper("DELETE FROM kms_principal_policy WHERE principal_id = 'account/bob' AND policy = 'deny'");

        assertRefused("bob", "kms_principal row account/bob");
    }

    @Test
    void attachment_plantedInASet_isNoticed() throws Exception {
        tamper(
                "INSERT INTO kms_principal_policy (principal_id, policy) VALUES ('account/alice', 'preset/full-access')");

        assertRefused("alice", "kms_principal row account/alice");
    }

    @Test
    void sets_ofTwoAccountsSwapped_areNoticed() throws Exception {
        tamper("UPDATE kms_principal_policy SET principal_id = 'x' WHERE principal_id = 'account/alice'");
        tamper("UPDATE kms_principal_policy SET principal_id = 'account/alice' WHERE principal_id = 'account/bob'");
        tamper("UPDATE kms_principal_policy SET principal_id = 'account/bob' WHERE principal_id = 'x'");

        assertRefused("alice", "kms_principal row account/alice");
        assertRefused("bob", "kms_principal row account/bob");
    }

    @Test
    void wholeAccounts_withTheIdsSwapped_areNoticed() throws Exception {
        for (String column :
                List.of("kms_principal:id", "kms_principal_policy:principal_id", "kms_group_member:account_id")) {
            String[] parts = column.split(":", -1);
            tamper("UPDATE " + parts[0] + " SET " + parts[1] + " = 'x' WHERE " + parts[1] + " = 'account/alice'");
            tamper("UPDATE " + parts[0] + " SET " + parts[1] + " = 'account/alice' WHERE " + parts[1]
                    + " = 'account/bob'");
            tamper("UPDATE " + parts[0] + " SET " + parts[1] + " = 'account/bob' WHERE " + parts[1] + " = 'x'");
        }

        assertRefused("alice", "kms_principal row account/alice");
        assertRefused("bob", "kms_principal row account/bob");
    }

    @Test
    void membership_removedOrPlanted_isNoticed() throws Exception {
        tamper("DELETE FROM kms_group_member");
        tamper("INSERT INTO kms_group_member (account_id, group_name) VALUES ('account/bob', 'ops')");

        assertRefused("alice", "kms_principal row account/alice");
        assertRefused("bob", "kms_principal row account/bob");
    }

    @Test
    void group_deletedWithItsPolicies_isNoticedByItsMembers() throws Exception {
        tamper("DELETE FROM kms_principal_policy WHERE principal_id = 'group/ops'");
        tamper("DELETE FROM kms_principal WHERE id = 'group/ops'");

        assertRefused("alice", "kms_principal row group/ops, which is gone while it has members");
    }

    @Test
    void policy_deletedWhileItIsAttached_isNoticed() throws Exception {
        tamper("DELETE FROM kms_policy WHERE name = 'deny'");

        assertRefused("alice", "kms_policy row deny, which is gone while it is attached");
    }

    @Test
    void documents_ofTwoPoliciesSwapped_areNoticed() throws Exception {
        tamper("UPDATE kms_policy SET document = CASE name WHEN 'use' THEN '{deny}' ELSE '{use}' END");
        assertRefused("alice", "kms_policy row use");

        tamper("UPDATE kms_policy SET name = CASE name WHEN 'use' THEN 'x' ELSE 'use' END");
        tamper("UPDATE kms_policy SET name = 'deny' WHERE name = 'x'");
        assertRefused("alice", "kms_policy row use");
    }

    @Test
    void account_deletedWithItsSets_hasNoPolicyAnyMore() throws Exception {
        tamper("DELETE FROM kms_principal_policy WHERE principal_id = 'account/bob'");
        tamper("DELETE FROM kms_principal WHERE id = 'account/bob'");

        try (Store store = open(file)) {
            assertThat(policiesOf(store, "bob").policies()).isEmpty();
        }
    }

    @Test
    void olderSet_putBackUnderTheNewerRow_isNoticed() throws Exception {
        try (Store store = open(file)) {
            store.write(tx -> {
                AccessRecords access = tx.access();
                access.put(access.principal(Principal.account("alice"))
                        .orElseThrow()
                        .policies(Set::clear));
                return true;
            });
        }
        tamper("INSERT INTO kms_principal_policy (principal_id, policy) VALUES ('account/alice', 'use')");

        assertRefused("alice", "kms_principal row account/alice");
    }

    @Test
    void countOfChanges_deleted_isNoticed() throws Exception {
        tamper("DELETE FROM kms_access");

        assertRefused("alice", "kms_access row access");
    }

    @Test
    void foreignRows_ofAStoreWithTheSameAnchor_areNoticed() throws Exception {
        Path foreignFile = folder.resolve("foreign.db");
        fill(foreignFile);
        Map<String, Object> foreign;
        try (Tamper tamper = new Tamper(foreignFile)) {
            foreign = tamper.rows("SELECT * FROM kms_policy WHERE name = 'use'").get(0);
        }
        tamper("DELETE FROM kms_policy WHERE name = 'use'");
        try (Tamper tamper = new Tamper(file)) {
            tamper.insert("kms_policy", foreign);
        }

        assertRefused("alice", "kms_policy row use");
    }

    @Test
    void changes_madeOfOlderRecords_areRefused() {
        try (Store store = open(file)) {
            PrincipalRecord older = store.readAccess(access -> access.principal(Principal.account("alice")))
                    .orElseThrow();
            store.write(tx -> {
                tx.access().put(older.groups(Set::clear));
                return true;
            });

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.write(tx -> {
                        tx.access().put(older);
                        return true;
                    }))
                    .matches(StoreException::isRetryable);
            assertThat(store.accessVersion()).isEqualTo(2);
        }
    }

    private static AccountPolicies policiesOf(Store store, String account) {
        return store.readAccess(access -> access.policiesOf(account));
    }

    private void assertRefused(String account, String named) {
        try (Store store = open(file)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> policiesOf(store, account))
                    .withMessageContaining(named)
                    .matches(e -> !e.isRetryable());
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Tamper tamper = new Tamper(file)) {
            tamper.run("PRAGMA foreign_keys = 0");
            tamper.run(sql);
        }
    }

    private static Store open(Path file) {
        return SqliteStore.open(file, ANCHOR, Instance.current());
    }
}
