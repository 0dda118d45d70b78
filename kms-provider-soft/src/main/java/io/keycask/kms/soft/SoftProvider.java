package io.keycask.kms.soft;

/** The provider. */
public final class SoftProvider {
    private SoftProvider() {}
}
