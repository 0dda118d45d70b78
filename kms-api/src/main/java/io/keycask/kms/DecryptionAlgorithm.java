package io.keycask.kms;

/**
 * How a {@link DecryptionCmk} decrypts, and so how somebody encrypts with its public key.
 *
 * <p>An open list. Each algorithm belongs to some specs of key only; a key refuses all others.
 */
public final class DecryptionAlgorithm {
    /** RSAES-OAEP (RFC 8017 §7.1) with SHA-256, MGF1 with SHA-256 and an empty label, for RSA keys. */
    public static final DecryptionAlgorithm RSAES_OAEP_SHA_256 = new DecryptionAlgorithm("RSAES_OAEP_SHA_256");

    /** RSAES-OAEP (RFC 8017 §7.1) with SHA-1, MGF1 with SHA-1 and an empty label, for RSA keys. */
    public static final DecryptionAlgorithm RSAES_OAEP_SHA_1 = new DecryptionAlgorithm("RSAES_OAEP_SHA_1");

    /** RSAES-PKCS1-v1_5 (RFC 8017 §7.2), for RSA keys of {@link NewKey#decryptionWithPkcs1} only, which says why. */
    public static final DecryptionAlgorithm RSAES_PKCS1_V1_5 = new DecryptionAlgorithm("RSAES_PKCS1_V1_5");

    /** SM2 encryption (GB/T 32918.4), the ciphertext as the ASN.1 structure of GB/T 35276 in DER: C1, C3, C2. */
    public static final DecryptionAlgorithm SM2 = new DecryptionAlgorithm("SM2");

    private final String name;

    private DecryptionAlgorithm(String name) {
        this.name = name;
    }

    /**
     * Returns the algorithm of this name.
     *
     * @param name 1 to 32 upper-case letters, digits and underscores
     * @throws IllegalArgumentException if the name has another form
     */
    public static DecryptionAlgorithm of(String name) {
        return new DecryptionAlgorithm(AlgorithmName.require("decryption algorithm", name));
    }

    /** Returns the name, for example {@code RSAES_OAEP_SHA_256}. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecryptionAlgorithm that && name.equals(that.name);
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
