package io.keycask.kms;

import java.util.List;
import java.util.Optional;

/**
 * One statement that counts for a caller, with the way on which it came to it.
 *
 * @param statement where it stands
 * @param group the group through which the caller has the policy; empty if it is attached to the account itself
 * @param isAllow whether it allows; otherwise it denies, and wins over every statement that allows
 * @param actions the actions, as the policy writes them
 * @param resources the resources, as the policy writes them
 * @param isConditional whether it counts under conditions only
 */
public record Permission(
        StatementRef statement,
        Optional<String> group,
        boolean isAllow,
        List<String> actions,
        List<String> resources,
        boolean isConditional) {
    /** A statement with these actions and resources. */
    public Permission {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }
}
