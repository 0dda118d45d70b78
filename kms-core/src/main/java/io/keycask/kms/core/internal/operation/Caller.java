package io.keycask.kms.core.internal.operation;

import static java.util.Objects.requireNonNull;

/**
 * Who asks for an operation.
 *
 * @param name as it stands in the audit trail
 */
public record Caller(String name) {
    /** The root account, which owns all keys and may do everything. */
    public static final Caller ROOT = new Caller("root");

    /** The background work of the engine. */
    public static final Caller MAINTENANCE = new Caller("system:maintenance");

    /** A caller of this name. */
    public Caller {
        requireNonNull(name, "name");
    }
}
