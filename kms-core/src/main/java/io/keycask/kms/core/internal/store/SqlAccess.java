package io.keycask.kms.core.internal.store;

import io.keycask.kms.Principal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts, groups and policies in the transaction of a session. */
final class SqlAccess implements AccessRecords {
    private static final String NAMES_OF_KIND =
            "SELECT id FROM kms_principal WHERE id >= ? AND id < ? ORDER BY id"; // '0' comes behind '/'
    private static final String MEMBERS = "SELECT account_id FROM kms_group_member WHERE group_name = ?";
    private static final String POLICIES = "SELECT name FROM kms_policy";
    private static final String HOLDERS = "SELECT principal_id FROM kms_principal_policy WHERE policy = ?";

    private final Connections connections;
    private final Session session;
    private final AccessRows rows;

    private SqlAccess(Connections connections, Session session, AccessRows rows) {
        this.connections = connections;
        this.session = session;
        this.rows = rows;
    }

    static SqlAccess reading(Connections connections, Session session, AccessRows rows) {
        return new SqlAccess(connections, session, rows);
    }

    /** Begins a change: it is counted before anything is read, so that nobody else changes anything meanwhile. */
    static SqlAccess changing(Connections connections, Session session, AccessRows rows) throws SQLException {
        rows.advance(session);
        return new SqlAccess(connections, session, rows);
    }

    @Override
    public long version() {
        return run(() -> rows.version(session));
    }

    @Override
    public Optional<PrincipalRecord> principal(Principal principal) {
        return run(() -> rows.principal(session, principal));
    }

    @Override
    public List<String> principals(Principal.Kind kind) {
        String first = AccessRows.id(new Principal(kind, "x")).replace("/x", "/");
        String end = first.replace('/', '0');
        return names(() -> AccessRows.texts(session, NAMES_OF_KIND, first, end));
    }

    @Override
    public List<String> members(String group) {
        return names(() -> AccessRows.texts(session, MEMBERS, group));
    }

    private List<String> names(Step<Set<String>> ids) {
        return run(ids).stream().map(id -> AccessRows.principal(id).name()).toList();
    }

    @Override
    public Optional<PolicyRecord> policy(String name) {
        return run(() -> rows.policy(session, name));
    }

    @Override
    public List<String> policies() {
        return List.copyOf(run(() -> AccessRows.texts(session, POLICIES)));
    }

    @Override
    public List<Principal> holders(String policy) {
        return run(() -> AccessRows.texts(session, HOLDERS, policy)).stream()
                .map(AccessRows::principal)
                .toList();
    }

    @Override
    public AccountPolicies policiesOf(String account) {
        return run(() -> rows.policiesOf(session, account));
    }

    @Override
    public void put(PrincipalRecord principal) {
        change(() -> rows.put(session, principal));
    }

    @Override
    public void delete(PrincipalRecord principal) {
        change(() -> rows.delete(session, principal));
    }

    @Override
    public void put(PolicyRecord policy) {
        change(() -> rows.put(session, policy));
    }

    @Override
    public void delete(PolicyRecord policy) {
        change(() -> rows.delete(session, policy));
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private interface Change {
        void run() throws SQLException;
    }

    private void change(Change change) {
        run(() -> {
            change.run();
            return true;
        });
    }

    private <T> T run(Step<T> step) {
        try {
            return step.run();
        } catch (SQLException e) {
            throw connections.translate(e);
        }
    }
}
