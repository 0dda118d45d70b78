package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;

/** Knows what every caller may do: the root account and the engine itself everything, an account what policies allow. */
public final class Access {
    /** Returns what the caller may do now. */
    public Grants grants(Caller caller) {
        return caller.kind() == Caller.Kind.ACCOUNT ? Grants.NOTHING : Grants.EVERYTHING;
    }
}
