package io.keycask.kms;

/** The state of a customer master key; {@code docs/operations-guide.md} has the transitions between them. */
public enum KeyState {
    /** Everything is allowed, except to schedule the deletion. */
    ENABLED("Enabled"),
    /** No cryptography; may be enabled again, or scheduled for deletion. */
    DISABLED("Disabled"),
    /** No cryptography; on the deletion date the material is destroyed for good, unless that is cancelled before. */
    PENDING_DELETE("PendingDelete"),
    /** Waits for its material to be imported. */
    PENDING_IMPORT("PendingImport"),
    /** Decrypts, and nothing else. */
    ARCHIVED("Archived");

    private final String value;

    KeyState(String value) {
        this.value = value;
    }

    /** Returns the state as it stands in the documents, in the store and in the audit. */
    public String value() {
        return value;
    }
}
