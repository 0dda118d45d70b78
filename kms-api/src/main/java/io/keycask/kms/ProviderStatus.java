package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * Whether a key provider can work.
 *
 * @param name the name of the provider
 * @param isUp whether it can
 * @param detail what an operator should know; empty when there is nothing to say
 */
public record ProviderStatus(String name, boolean isUp, String detail) {
    /** A status of these parts. */
    public ProviderStatus {
        requireNonNull(name, "name");
        requireNonNull(detail, "detail");
    }
}
