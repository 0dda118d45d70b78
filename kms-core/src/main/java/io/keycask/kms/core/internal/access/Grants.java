package io.keycask.kms.core.internal.access;

/** Everything that one caller may do, compiled once. Immutable. */
public final class Grants {
    /** What the root account and the engine's own actors may do. */
    static final Grants EVERYTHING = new Grants(true);

    /** What an account may do that no policy allows anything. */
    static final Grants NOTHING = new Grants(false);

    private final boolean everything;

    private Grants(boolean everything) {
        this.everything = everything;
    }

    /** Returns whether the caller may do everything, so that nothing has to be decided. */
    public boolean isEverything() {
        return everything;
    }

    /** Decides about a request of the caller. */
    public Decision decide(AccessRequest request) {
        return everything ? Decision.UNLIMITED : Decision.BY_DEFAULT;
    }
}
