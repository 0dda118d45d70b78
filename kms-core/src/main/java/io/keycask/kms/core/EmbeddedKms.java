package io.keycask.kms.core;

/** The engine. */
public final class EmbeddedKms {
    private EmbeddedKms() {}
}
