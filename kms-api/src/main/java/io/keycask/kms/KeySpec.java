package io.keycask.kms;

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

    /** An RSA key pair with a modulus of 2,048 bits, for decryption or for signatures. */
    public static final KeySpec RSA_2048 = new KeySpec("RSA_2048");

    /** An RSA key pair with a modulus of 3,072 bits, for decryption or for signatures. */
    public static final KeySpec RSA_3072 = new KeySpec("RSA_3072");

    /** An RSA key pair with a modulus of 4,096 bits, for decryption or for signatures. */
    public static final KeySpec RSA_4096 = new KeySpec("RSA_4096");

    /** A key pair on the curve P-256 (NIST SP 800-186), for signatures. */
    public static final KeySpec EC_P256 = new KeySpec("EC_P256");

    /** A key pair on the curve P-384 (NIST SP 800-186), for signatures. */
    public static final KeySpec EC_P384 = new KeySpec("EC_P384");

    /** An SM2 key pair (GB/T 32918), for decryption or for signatures. */
    public static final KeySpec SM2 = new KeySpec("SM2");

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
        return new KeySpec(AlgorithmName.require("key spec", name));
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
