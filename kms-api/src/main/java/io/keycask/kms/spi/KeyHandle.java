package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.KeySpec;
import java.util.Arrays;

/**
 * What a provider needs to find the material of one key version again: its spec, its name, and a token of the
 * provider's own.
 *
 * <p>The engine stores the token with the key version and gives it back with every call. It may be the sealed material
 * itself, or the label of an object in an HSM; it never is material in the clear. Immutable; two handles are equal when
 * all three parts are.
 */
public final class KeyHandle {
    /** The longest token. */
    public static final int MAX_TOKEN_BYTES = 16_384;

    private final KeySpec spec;
    private final KeyVersionRef version;
    private final byte[] token;

    private KeyHandle(KeySpec spec, KeyVersionRef version, byte[] token) {
        this.spec = requireNonNull(spec, "spec");
        this.version = requireNonNull(version, "version");
        this.token = token;
    }

    /**
     * Returns the handle of these parts.
     *
     * @throws IllegalArgumentException if the token has more than {@link #MAX_TOKEN_BYTES}
     */
    public static KeyHandle of(KeySpec spec, KeyVersionRef version, byte[] token) {
        if (token.length > MAX_TOKEN_BYTES) {
            throw new IllegalArgumentException(
                    "token of key version " + version + " is " + token.length + " bytes; limit is " + MAX_TOKEN_BYTES);
        }
        return new KeyHandle(spec, version, token.clone());
    }

    /** Returns the kind of material. */
    public KeySpec spec() {
        return spec;
    }

    /** Returns which version of which key this is. */
    public KeyVersionRef version() {
        return version;
    }

    /** Returns the provider's token. */
    public byte[] token() {
        return token.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHandle that
                && version.equals(that.version)
                && spec.equals(that.spec)
                && Arrays.equals(token, that.token);
    }

    @Override
    public int hashCode() {
        return 31 * version.hashCode() + Arrays.hashCode(token);
    }

    @Override
    public String toString() {
        return "KeyHandle[" + version + ", " + spec + "]";
    }
}
