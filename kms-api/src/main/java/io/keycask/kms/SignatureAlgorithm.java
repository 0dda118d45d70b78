package io.keycask.kms;

/**
 * How a {@link SigningCmk} signs: the padding or the scheme, and the digest of the message.
 *
 * <p>An open list. Each algorithm belongs to some specs of key only; a key refuses all others.
 */
public final class SignatureAlgorithm {
    /** RSASSA-PSS (RFC 8017 §8.1) with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes, for RSA keys. */
    public static final SignatureAlgorithm RSA_PSS_SHA_256 = new SignatureAlgorithm("RSA_PSS_SHA_256");

    /** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) with SHA-256, for RSA keys. */
    public static final SignatureAlgorithm RSA_PKCS1_SHA_256 = new SignatureAlgorithm("RSA_PKCS1_SHA_256");

    /** ECDSA (FIPS 186-5) with SHA-256, for {@link KeySpec#EC_P256}; signatures are DER. */
    public static final SignatureAlgorithm ECC_P256_R1 = new SignatureAlgorithm("ECC_P256_R1");

    /** ECDSA (FIPS 186-5) with SHA-384, for {@link KeySpec#EC_P384}; signatures are DER. */
    public static final SignatureAlgorithm ECC_P384_R1 = new SignatureAlgorithm("ECC_P384_R1");

    /** SM2 signatures (GB/T 32918.2) with SM3 and the identity {@code 1234567812345678}; signatures are DER. */
    public static final SignatureAlgorithm SM2DSA = new SignatureAlgorithm("SM2DSA");

    private final String name;

    private SignatureAlgorithm(String name) {
        this.name = name;
    }

    /**
     * Returns the algorithm of this name.
     *
     * @param name 1 to 32 upper-case letters, digits and underscores
     * @throws IllegalArgumentException if the name has another form
     */
    public static SignatureAlgorithm of(String name) {
        return new SignatureAlgorithm(AlgorithmName.require("signature algorithm", name));
    }

    /** Returns the name, for example {@code RSA_PSS_SHA_256}. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureAlgorithm that && name.equals(that.name);
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
