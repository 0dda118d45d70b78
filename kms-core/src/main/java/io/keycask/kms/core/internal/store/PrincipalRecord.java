package io.keycask.kms.core.internal.store;

import io.keycask.kms.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * An account or group with the sets that belong to it, as it stands in the store at one row version. Immutable.
 *
 * @param principal who it is
 * @param rowVersion 0 for one that was never stored
 * @param created when it came to be, in whole milliseconds
 * @param policies the names of the policies that are attached to it
 * @param groups the names of the groups that an account is in
 */
public record PrincipalRecord(
        Principal principal, long rowVersion, Instant created, Set<String> policies, Set<String> groups) {
    /** A principal with these sets. */
    public PrincipalRecord {
        policies = Set.copyOf(policies);
        groups = Set.copyOf(groups);
    }

    /** Returns this principal with another set of policies. */
    public PrincipalRecord policies(Consumer<Set<String>> change) {
        return new PrincipalRecord(principal, rowVersion, created, changed(policies, change), groups);
    }

    /** Returns this principal in another set of groups. */
    public PrincipalRecord groups(Consumer<Set<String>> change) {
        return new PrincipalRecord(principal, rowVersion, created, policies, changed(groups, change));
    }

    private static Set<String> changed(Set<String> set, Consumer<Set<String>> change) {
        Set<String> copy = new TreeSet<>(set);
        change.accept(copy);
        return copy;
    }
}
