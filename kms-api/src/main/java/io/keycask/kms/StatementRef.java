package io.keycask.kms;

/**
 * Names one statement of a policy.
 *
 * @param policy the policy
 * @param index the place of the statement in it, from 0
 */
public record StatementRef(String policy, int index) {
    @Override
    public String toString() {
        return policy + "[" + index + "]";
    }
}
