package io.keycask.kms.core.internal.store;

import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.spi.WrappingKeyHandle;
import java.time.Instant;
import java.util.UUID;

/** A wrapping key pair that was made for the import of material into one key. Immutable. */
public final class WrappingKeyRecord {
    private final UUID id;
    private final WrappingAlgorithm algorithm;
    private final Instant validTo;
    private final byte[] token;

    private WrappingKeyRecord(UUID id, WrappingAlgorithm algorithm, Instant validTo, byte[] token) {
        this.id = id;
        this.algorithm = algorithm;
        this.validTo = validTo;
        this.token = token;
    }

    /** A key pair that the provider has not made yet, as far as the store knows. */
    public static WrappingKeyRecord creating(UUID id, WrappingAlgorithm algorithm, Instant validTo) {
        return new WrappingKeyRecord(id, algorithm, validTo, new byte[0]);
    }

    /** Returns this key pair with the token by which the provider finds it. */
    public WrappingKeyRecord ready(byte[] newToken) {
        return new WrappingKeyRecord(id, algorithm, validTo, newToken.clone());
    }

    /** Returns this key pair as one that is of no use from this moment on. */
    public WrappingKeyRecord expiredAt(Instant now) {
        return new WrappingKeyRecord(id, algorithm, now.isBefore(validTo) ? now : validTo, token);
    }

    public UUID id() {
        return id;
    }

    public WrappingAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns when the key pair ceases to be of use, in whole milliseconds. */
    public Instant validTo() {
        return validTo;
    }

    /** Returns whether material can be taken in with it at this moment. */
    public boolean isUsable(Instant now) {
        return isReady() && now.isBefore(validTo);
    }

    public boolean isReady() {
        return token.length > 0;
    }

    /** Returns what the provider finds the private key by; its token is empty while the key pair is not ready. */
    public WrappingKeyHandle handle() {
        return WrappingKeyHandle.of(id, token);
    }

    byte[] token() {
        return token.clone();
    }
}
