package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * What kind of material a customer master key is made of.
 *
 * <p>An open list: a provider may offer specs that have no constant here.
 */
public final class KeySpec {
    /** A 256-bit AES key, for encryption and decryption. */
    public static final KeySpec AES_256 = new KeySpec("AES_256");

    /** A 128-bit SM4 key (GB/T 32907), for encryption and decryption. */
    public static final KeySpec SM4 = new KeySpec("SM4");

    private static final int MAX_NAME_LENGTH = 32;

    private final String name;

    private KeySpec(String name) {
        this.name = name;
    }

    /**
     * Returns the spec of this name.
     *
     * @param name 1 to 32 upper-case letters, digits and underscores
     * @throws IllegalArgumentException if the name has another form
     */
    public static KeySpec of(String name) {
        requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.chars().allMatch(KeySpec::isAllowed)) {
            throw new IllegalArgumentException("key spec: expected 1 to 32 of A-Z, 0-9 and _");
        }
        return new KeySpec(name);
    }

    private static boolean isAllowed(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Returns the name, for example {@code AES_256}. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySpec that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
