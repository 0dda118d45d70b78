package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * Somebody whom a policy can be attached to: a sub-account or a group of them.
 *
 * @param kind which of both
 * @param name the name, of the form that {@link Caller#account} asks for
 */
public record Principal(Kind kind, String name) {
    /** What a principal is. */
    public enum Kind {
        /** A sub-account. */
        ACCOUNT,
        /** A group of sub-accounts. */
        GROUP
    }

    /**
     * A principal of this kind.
     *
     * @throws IllegalArgumentException if the name has another form
     */
    public Principal {
        requireNonNull(kind, "kind");
        Caller.account(name);
    }

    /** Returns the sub-account of this name. */
    public static Principal account(String name) {
        return new Principal(Kind.ACCOUNT, name);
    }

    /** Returns the group of this name. */
    public static Principal group(String name) {
        return new Principal(Kind.GROUP, name);
    }
}
