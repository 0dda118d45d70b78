package io.keycask.kms;

import java.util.List;

/**
 * What is known about the service as a whole, at one moment.
 *
 * <p>Immutable. Implemented by Keycask only; accessors may be added.
 */
public interface ServiceStatus {
    /** Returns whether every provider is up. */
    boolean isEnabled();

    /** Returns how many keys there are, in whatever state. */
    long keyCount();

    /** Returns the status of each provider, in the order in which they were given. */
    List<ProviderStatus> providers();
}
