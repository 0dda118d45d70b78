package io.keycask.kms;

/** Who a key was created for: a user, or a service on whose behalf {@link NewKey#managedBy} asked for it. */
public enum OwnerRole {
    /** Users, who may do everything with their keys. */
    USER,
    /** A service: its keys are read, used and rotated, and never disabled, archived, renamed or deleted. */
    SERVICE;

    static final String USER_NAME = "user";

    /** Returns the role of an owner as {@link KeyMetadata#owner} names it. */
    public static OwnerRole of(String owner) {
        return owner.equals(USER_NAME) ? USER : SERVICE;
    }
}
