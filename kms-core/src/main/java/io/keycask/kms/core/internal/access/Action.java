package io.keycask.kms.core.internal.access;

import java.util.Locale;

/**
 * What a caller wants to do, in the words of policies.
 *
 * @param name the service and the operation in lower case, for example {@code kms:encrypt}: policies do not
 *     distinguish case
 * @param scope what the action is about
 */
public record Action(String name, Scope scope) {
    /** What an action is about, and so what a policy can limit it to. */
    public enum Scope {
        /** One key: a policy may name the keys. */
        KEY,
        /** The keys as a whole: a policy that names a key does not cover it. */
        ALL_KEYS,
        /** Accounts, groups and policies: only a policy for every resource covers it. */
        ACCESS;

        /** Returns the service whose name stands in front of the actions of this scope. */
        public String service() {
            return this == ACCESS ? "cam" : "kms";
        }
    }

    /** Returns the action of an operation. */
    public static Action of(String operation, Scope scope) {
        return new Action((scope.service() + ":" + operation).toLowerCase(Locale.ROOT), scope);
    }
}
