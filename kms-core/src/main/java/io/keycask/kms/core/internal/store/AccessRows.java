package io.keycask.kms.core.internal.store;

import io.keycask.kms.Principal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, groups and policies as rows. A principal is one value with the set of its policies and, for an account, of its
 * groups: the MAC of its row covers both.
 *
 * <p>One row counts the changes. It is changed first in every transaction that changes anything here, so that these come
 * one after the other, and a process sees by it alone whether it has to read again.
 */
final class AccessRows {
    // the columns of the tables, by position
    private static final int VERSION = 1;
    private static final int ROW_VERSION = 1;
    private static final int CREATED = 2;
    private static final int DOCUMENT = 3;

    private static final String ONLY_ROW = "access";
    private static final String ACCESS = Table.ACCESS.select() + " WHERE id = '" + ONLY_ROW + "'";
    private static final String ADVANCE = Table.ACCESS.update() + " WHERE id = ? AND version = ?";
    private static final String PRINCIPAL = Table.PRINCIPAL.select() + " WHERE id = ?";
    private static final String UPDATE_PRINCIPAL = Table.PRINCIPAL.update() + " WHERE id = ? AND row_version = ?";
    private static final String DELETE_PRINCIPAL = "DELETE FROM kms_principal WHERE id = ? AND row_version = ?";
    private static final String POLICY = Table.POLICY.select() + " WHERE name = ?";
    private static final String UPDATE_POLICY = Table.POLICY.update() + " WHERE name = ? AND row_version = ?";
    private static final String DELETE_POLICY = "DELETE FROM kms_policy WHERE name = ? AND row_version = ?";
    private static final String POLICIES_OF = "SELECT policy FROM kms_principal_policy WHERE principal_id = ?";
    private static final String GROUPS_OF = "SELECT group_name FROM kms_group_member WHERE account_id = ?";

    private final RowMacs macs;

    AccessRows(RowMacs macs) {
        this.macs = macs;
    }

    static String id(Principal principal) {
        return principal.kind().name().toLowerCase(Locale.ROOT) + "/" + principal.name();
    }

    static Principal principal(String id) {
        String name = id.substring(id.indexOf('/') + 1);
        return id.startsWith("group/") ? Principal.group(name) : Principal.account(name);
    }

    /** Returns the number of changes so far. */
    long version(Session session) throws SQLException {
        Optional<Row> row = session.one(ACCESS, result -> Row.read(Table.ACCESS, result));
        row.ifPresent(found -> macs.check(found, ONLY_ROW));
        return row.map(found -> found.number(VERSION)).orElse(0L);
    }

    /** Counts a change; another transaction that counts one waits, or is in the way. */
    void advance(Session session) throws SQLException {
        long version = version(session);
        Row next = signed(Row.of(Table.ACCESS, ONLY_ROW, version + 1));
        int changed = version == 0
                ? session.update(Table.ACCESS.insert() + " ON CONFLICT DO NOTHING", next.parameters())
                : session.update(ADVANCE, next.parameters(ONLY_ROW, version));
        requireChanged(changed, "access control");
    }

    /** Returns the principal, after the MAC over it and its sets was checked. The session is in a transaction. */
    Optional<PrincipalRecord> principal(Session session, Principal principal) throws SQLException {
        String id = id(principal);
        Set<String> policies = texts(session, POLICIES_OF, id);
        Set<String> groups = texts(session, GROUPS_OF, id);
        Optional<Row> found = session.one(PRINCIPAL, result -> Row.read(Table.PRINCIPAL, result), id);
        if (found.isEmpty()) {
            // STO-9: a row that is gone leaves its sets behind
            if (!policies.isEmpty() || !groups.isEmpty()) {
                throw RowMacs.damaged(Table.PRINCIPAL, id + ", which is gone while its policies or groups are there");
            }
            return Optional.empty();
        }
        Row row = found.get();
        macs.check(row, id + ", or its set of policies or groups", mac(row, policies, groups));
        requireCounted(session);
        return Optional.of(new PrincipalRecord(principal, row.number(ROW_VERSION), created(row), policies, groups));
    }

    void put(Session session, PrincipalRecord principal) throws SQLException {
        String id = id(principal.principal());
        Set<String> policies = new TreeSet<>(principal.policies());
        Set<String> groups = new TreeSet<>(principal.groups());
        Row row = Row.of(
                Table.PRINCIPAL,
                id,
                principal.rowVersion() + 1,
                principal.created().toEpochMilli());
        Row next = row.withMac(mac(row, policies, groups));
        int changed = principal.rowVersion() == 0
                ? session.update(Table.PRINCIPAL.insert() + " ON CONFLICT DO NOTHING", next.parameters())
                : session.update(UPDATE_PRINCIPAL, next.parameters(id, principal.rowVersion()));
        requireChanged(changed, id);
        deleteSets(session, id);
        for (String policy : policies) {
            session.update("INSERT INTO kms_principal_policy (principal_id, policy) VALUES (?, ?)", id, policy);
        }
        for (String group : groups) {
            session.update("INSERT INTO kms_group_member (account_id, group_name) VALUES (?, ?)", id, group);
        }
    }

    void delete(Session session, PrincipalRecord principal) throws SQLException {
        String id = id(principal.principal());
        deleteSets(session, id);
        requireChanged(session.update(DELETE_PRINCIPAL, id, principal.rowVersion()), id);
    }

    private static void deleteSets(Session session, String id) throws SQLException {
        session.update("DELETE FROM kms_principal_policy WHERE principal_id = ?", id);
        session.update("DELETE FROM kms_group_member WHERE account_id = ?", id);
    }

    /** Returns the policy, after its MAC was checked. */
    Optional<PolicyRecord> policy(Session session, String name) throws SQLException {
        Optional<Row> found = session.one(POLICY, result -> Row.read(Table.POLICY, result), name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        macs.check(found.get(), name);
        requireCounted(session);
        return found.map(row -> new PolicyRecord(name, row.number(ROW_VERSION), created(row), row.text(DOCUMENT)));
    }

    void put(Session session, PolicyRecord policy) throws SQLException {
        Row next = signed(Row.of(
                Table.POLICY,
                policy.name(),
                policy.rowVersion() + 1,
                policy.created().toEpochMilli(),
                policy.document()));
        int changed = policy.rowVersion() == 0
                ? session.update(Table.POLICY.insert() + " ON CONFLICT DO NOTHING", next.parameters())
                : session.update(UPDATE_POLICY, next.parameters(policy.name(), policy.rowVersion()));
        requireChanged(changed, policy.name());
    }

    void delete(Session session, PolicyRecord policy) throws SQLException {
        requireChanged(session.update(DELETE_POLICY, policy.name(), policy.rowVersion()), policy.name());
    }

    /** Returns all policies of the account. The session is in a transaction. */
    AccountPolicies policiesOf(Session session, String account) throws SQLException {
        List<AccountPolicies.Attached> attached = new ArrayList<>();
        Optional<PrincipalRecord> own = principal(session, Principal.account(account));
        if (own.isPresent()) {
            add(session, own.get(), null, attached);
            for (String group : new TreeSet<>(own.get().groups())) {
                // STO-13: a group that is gone may have been one that denied
                PrincipalRecord record = principal(session, Principal.group(group))
                        .orElseThrow(() -> RowMacs.damaged(
                                Table.PRINCIPAL, "group/" + group + ", which is gone while it has members"));
                add(session, record, group, attached);
            }
        }
        return new AccountPolicies(version(session), attached);
    }

    private void add(
            Session session, PrincipalRecord principal, @Nullable String group, List<AccountPolicies.Attached> attached)
            throws SQLException {
        for (String name : new TreeSet<>(principal.policies())) {
            Optional<String> document = policy(session, name).map(PolicyRecord::document);
            if (document.isEmpty() && !name.startsWith(PolicyRecord.PRESET)) {
                throw RowMacs.damaged(Table.POLICY, name + ", which is gone while it is attached");
            }
            attached.add(new AccountPolicies.Attached(name, Optional.ofNullable(group), document));
        }
    }

    /** Checks everything: that every principal and policy passes, and that what they refer to is there. */
    void check(Session session) throws SQLException {
        for (String id : texts(session, "SELECT id FROM kms_principal")) {
            Principal principal = principal(id);
            if (principal.kind() == Principal.Kind.ACCOUNT) {
                policiesOf(session, principal.name());
            } else {
                principal(session, principal);
            }
        }
        for (String name : texts(session, "SELECT name FROM kms_policy")) {
            policy(session, name);
        }
    }

    static Set<String> texts(Session session, String query, @Nullable Object... parameters) throws SQLException {
        return new TreeSet<>(session.query(query, result -> String.valueOf(result.getString(1)), parameters));
    }

    private void requireCounted(Session session) throws SQLException {
        if (version(session) == 0) {
            throw RowMacs.damaged(Table.ACCESS, ONLY_ROW + ", which is gone while principals or policies are there");
        }
    }

    private byte[] mac(Row row, Set<String> policies, Set<String> groups) {
        MacInput input = macs.input(Table.PRINCIPAL.name()).row(row).number(policies.size());
        policies.forEach(input::text);
        input.number(groups.size());
        groups.forEach(input::text);
        return macs.of(Table.PRINCIPAL.name(), input);
    }

    private Row signed(Row row) {
        return row.withMac(macs.of(row));
    }

    private static Instant created(Row row) {
        return Instant.ofEpochMilli(row.number(CREATED));
    }

    private static void requireChanged(int rows, String what) {
        if (rows == 0) {
            throw new StaleRecordException(what + " was changed by another process", null);
        }
    }
}
