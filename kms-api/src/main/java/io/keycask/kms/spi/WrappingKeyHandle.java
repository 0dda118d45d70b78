package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * What a provider needs to find the private key of a wrapping key pair again: its id, and a token of the provider's own,
 * which is never the private key in the clear. Immutable.
 */
public final class WrappingKeyHandle {
    private final UUID id;
    private final byte[] token;

    private WrappingKeyHandle(UUID id, byte[] token) {
        this.id = requireNonNull(id, "id");
        this.token = token;
    }

    /**
     * Returns the handle of these parts.
     *
     * @throws IllegalArgumentException if the token has more than {@link KeyHandle#MAX_TOKEN_BYTES}
     */
    public static WrappingKeyHandle of(UUID id, byte[] token) {
        if (token.length > KeyHandle.MAX_TOKEN_BYTES) {
            throw new IllegalArgumentException("token of wrapping key " + id + " is " + token.length
                    + " bytes; limit is " + KeyHandle.MAX_TOKEN_BYTES);
        }
        return new WrappingKeyHandle(id, token.clone());
    }

    /** Returns the id that the engine gave. */
    public UUID id() {
        return id;
    }

    /** Returns the provider's token. */
    public byte[] token() {
        return token.clone();
    }

    @Override
    public String toString() {
        return "WrappingKeyHandle[" + id + "]";
    }
}
