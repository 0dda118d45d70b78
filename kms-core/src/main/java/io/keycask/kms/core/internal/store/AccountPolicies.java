package io.keycask.kms.core.internal.store;

import java.util.List;
import java.util.Optional;

/**
 * All policies of one account, its own and those of its groups, as of one moment.
 *
 * @param version grows with every change of accounts, groups and policies
 * @param policies its own first, then those of its groups in the order of their names
 */
public record AccountPolicies(long version, List<Attached> policies) {
    /** The policies at this version. */
    public AccountPolicies {
        policies = List.copyOf(policies);
    }

    /**
     * A policy that is attached to the account or to one of its groups.
     *
     * @param name the policy
     * @param group the group that has it; empty if the account itself has it
     * @param document the JSON text; empty if the policy is a preset
     */
    public record Attached(String name, Optional<String> group, Optional<String> document) {}
}
