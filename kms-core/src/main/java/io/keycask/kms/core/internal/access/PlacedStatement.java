package io.keycask.kms.core.internal.access;

import io.keycask.kms.AccessDecision;
import io.keycask.kms.Permission;
import io.keycask.kms.StatementRef;
import java.util.Optional;

/**
 * A statement that counts for a caller, and where it stands.
 *
 * @param place its place among all statements of the caller
 * @param ref its policy and its place in it
 * @param group the group that has the policy; empty if the account itself has it
 * @param statement the statement
 * @param decision the answer if this statement decides
 */
record PlacedStatement(
        int place, StatementRef ref, Optional<String> group, PolicyStatement statement, AccessDecision decision) {
    static PlacedStatement of(int place, StatementRef ref, Optional<String> group, PolicyStatement statement) {
        AccessDecision decision = new AccessDecision(statement.isAllow(), Optional.of(ref));
        return new PlacedStatement(place, ref, group, statement, decision);
    }

    Permission permission() {
        return new Permission(
                ref,
                group,
                statement.isAllow(),
                statement.actions().stream().map(ActionPattern::text).toList(),
                statement.resources().stream().map(ResourcePattern::text).toList(),
                !statement.conditions().isEmpty());
    }
}
