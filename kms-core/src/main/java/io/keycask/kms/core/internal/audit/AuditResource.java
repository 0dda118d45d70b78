package io.keycask.kms.core.internal.audit;

import io.keycask.kms.KeyId;

/**
 * What an operation is about.
 *
 * @param type {@code key} for keys
 * @param name the id of a key, or the name of something else
 */
public record AuditResource(String type, String name) {
    private static final String KEY = "key";

    /** Returns the resource that this key is. */
    public static AuditResource key(KeyId id) {
        return new AuditResource(KEY, id.toString());
    }

    boolean isKey() {
        return type.equals(KEY);
    }
}
