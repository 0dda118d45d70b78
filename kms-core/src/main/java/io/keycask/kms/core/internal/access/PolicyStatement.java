package io.keycask.kms.core.internal.access;

import java.util.List;

/**
 * One statement of a policy. Immutable.
 *
 * @param isAllow whether it allows; otherwise it denies
 * @param actions what may or may not be done
 * @param resources with what
 * @param conditions what has to hold, all of it, for the statement to count
 */
record PolicyStatement(
        boolean isAllow, List<ActionPattern> actions, List<ResourcePattern> resources, List<Condition> conditions) {
    PolicyStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    boolean isAbout(Action action) {
        for (ActionPattern pattern : actions) {
            if (pattern.matches(action)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the statement counts for a request whose action it is about. Where that depends on something that is
     * not known, an allow does not count and a deny does.
     */
    boolean counts(AccessRequest request) {
        return isAbout(request.target(), !isAllow) && holds(request);
    }

    boolean isAbout(Target target, boolean ifUnknown) {
        for (ResourcePattern pattern : resources) {
            if (pattern.matches(target, ifUnknown)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(AccessRequest request) {
        for (Condition condition : conditions) {
            if (!condition.holds(request, !isAllow)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the statement counts, if everything that the key alone does not tell is as the statement wants it. */
    boolean canCount(AccessRequest request) {
        return isAbout(request.target(), !isAllow)
                && conditions.stream()
                        .allMatch(condition -> !condition.isAboutTheKey() || condition.holds(request, !isAllow));
    }

    /** Returns whether the statement has conditions that the key alone does not decide. */
    boolean asksForMore() {
        return !conditions.stream().allMatch(Condition::isAboutTheKey);
    }
}
