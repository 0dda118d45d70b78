package io.keycask.kms.core.internal.access;

import io.keycask.kms.AccessDecision;
import io.keycask.kms.KeyUser;
import io.keycask.kms.Permission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one caller may do, compiled once. Thread-safe.
 *
 * <p>Statements are sorted by the action on its first use; at most {@value #MAX_ACTIONS} are remembered.
 */
public final class Grants {
    private static final int MAX_ACTIONS = 256;
    private static final AccessDecision UNLIMITED = new AccessDecision(true, Optional.empty());
    private static final AccessDecision BY_DEFAULT = new AccessDecision(false, Optional.empty());

    /** What the root account and the engine's own actors may do. */
    static final Grants EVERYTHING = new Grants(true, List.of());

    private final boolean everything;
    private final List<PlacedStatement> statements;
    private final Map<Action, ByEffect> byAction = new ConcurrentHashMap<>();

    private Grants(boolean everything, List<PlacedStatement> statements) {
        this.everything = everything;
        this.statements = statements;
    }

    private record ByEffect(StatementIndex denies, StatementIndex allows) {}

    /** Returns what these statements allow. */
    static Grants of(List<PlacedStatement> statements) {
        return new Grants(false, List.copyOf(statements));
    }

    /** Returns whether the caller may do everything, so that nothing has to be decided. */
    public boolean isEverything() {
        return everything;
    }

    /** Returns whether the caller may do what the request asks for. */
    public boolean allow(AccessRequest request) {
        return decide(request).isAllowed();
    }

    /** Decides: a deny that counts wins over every allow, and what nothing allows is denied. */
    public AccessDecision decide(AccessRequest request) {
        if (everything) {
            return UNLIMITED;
        }
        ByEffect about = about(request.action());
        @Nullable PlacedStatement deny = about.denies.first(request);
        if (deny != null) {
            return deny.decision();
        }
        @Nullable PlacedStatement allow = about.allows.first(request);
        return allow == null ? BY_DEFAULT : allow.decision();
    }

    /** Returns all statements that count for the caller. */
    public List<Permission> permissions() {
        return statements.stream().map(PlacedStatement::permission).toList();
    }

    /**
     * Returns the account that has these grants as a user of the key that the request is about, if it can be one: whatever
     * it takes from address, time and attributes may be so.
     */
    public Optional<KeyUser> user(AccessRequest request) {
        List<PolicyStatement> about = statements.stream()
                .map(PlacedStatement::statement)
                .filter(statement -> statement.isAbout(request.action()) && statement.canCount(request))
                .toList();
        boolean denied = about.stream().anyMatch(statement -> !statement.isAllow() && !statement.asksForMore());
        boolean allowed = about.stream().anyMatch(PolicyStatement::isAllow);
        boolean surely = about.stream().allMatch(PolicyStatement::isAllow)
                && about.stream().anyMatch(statement -> !statement.asksForMore());
        return denied || !allowed
                ? Optional.empty()
                : Optional.of(new KeyUser(request.caller().name(), !surely));
    }

    private ByEffect about(Action action) {
        ByEffect known = byAction.get(action);
        if (known != null) {
            return known;
        }
        ByEffect sorted = new ByEffect(index(action, false), index(action, true));
        if (byAction.size() < MAX_ACTIONS) {
            byAction.put(action, sorted);
        }
        return sorted;
    }

    private StatementIndex index(Action action, boolean isAllow) {
        return new StatementIndex(statements.stream()
                .filter(placed -> placed.statement().isAllow() == isAllow
                        && placed.statement().isAbout(action))
                .toList());
    }
}
