package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

import java.security.interfaces.RSAPublicKey;

/**
 * A key pair that material is encrypted to.
 *
 * @param handle of the private key
 * @param publicKey of 2,048 bits
 */
public record WrappingKeyPair(WrappingKeyHandle handle, RSAPublicKey publicKey) {
    /** A key pair of these parts. */
    public WrappingKeyPair {
        requireNonNull(handle, "handle");
        requireNonNull(publicKey, "publicKey");
    }
}
