package io.keycask.kms;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a customer master key, at one moment; never its material.
 *
 * <p>Immutable. Implemented by Keycask only; accessors may be added.
 */
public interface KeyMetadata {
    /** Returns the identifier. */
    KeyId id();

    /** Returns the alias, unique in the store. */
    String alias();

    /** Returns the description, empty when none was given. */
    String description();

    /** Returns the state. */
    KeyState state();

    /** Returns what kind of material the key is made of. */
    KeySpec spec();

    /** Returns what the key may be used for. */
    KeyUsage usage();

    /** Returns where the material comes from. */
    KeyOrigin origin();

    /** Returns the name of the provider that holds the material. */
    String provider();

    /** Returns the owner: {@code user}, or the name of the service on whose behalf the key was made. */
    String owner();

    /** Returns the tags. */
    Map<String, String> tags();

    /** Returns when the key was created. */
    Instant created();

    /** Returns the version that encrypts; empty while the key waits for its material. */
    Optional<KeyVersionId> currentVersion();

    /** Returns the state of the rotation. */
    RotationStatus rotation();

    /** Returns when the material is destroyed, if the key is pending deletion. */
    Optional<Instant> deletionDate();

    /** Returns when imported material expires, if it does. */
    Optional<Instant> validTo();

    /** Returns the resources that the key is bound to. */
    Set<ResourceBinding> bindings();
}
