package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody should look at soon.
 *
 * @param kind what it is
 * @param key the key that it is about, if it is about one
 * @param time when it was raised
 * @param text for people, without a secret
 */
public record Alarm(Kind kind, Optional<KeyId> key, Instant time, String text) {
    /** An alarm. */
    public Alarm {
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(time, "time");
        requireNonNull(text, "text");
    }

    /** What an alarm is about. */
    public enum Kind {
        /** Somebody wanted to use a key that is pending deletion: perhaps it is still needed. */
        PENDING_DELETION_KEY_USED("PendingDeletionKeyUsed"),
        /** A key will be deleted within three days. */
        DELETION_NEAR("DeletionNear"),
        /** Imported material will expire within three days. */
        EXPIRY_NEAR("ExpiryNear"),
        /** A periodic rotation is more than a day late. */
        ROTATION_OVERDUE("RotationOverdue"),
        /** A key provider says that it cannot work. */
        PROVIDER_DOWN("ProviderDown"),
        /** The audit trail is not as it was written. */
        AUDIT_DAMAGED("AuditDamaged"),
        /** An audit sink does not take events; they wait in the store. */
        AUDIT_SINK_FAILED("AuditSinkFailed");

        private final String value;

        Kind(String value) {
            this.value = value;
        }

        /** Returns the name in the audit trail. */
        public String value() {
            return value;
        }
    }
}
