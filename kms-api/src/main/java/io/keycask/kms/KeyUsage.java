package io.keycask.kms;

/** What a customer master key may be used for, fixed at its creation. */
public enum KeyUsage {
    /** Encrypt, decrypt and make data keys, with one symmetric key. */
    ENCRYPT_DECRYPT("ENCRYPT_DECRYPT"),
    /** Decrypt what was encrypted with the public key; not with the padding of PKCS #1 v1.5. */
    ASYMMETRIC_DECRYPT("ASYMMETRIC_DECRYPT"),
    /** As {@link #ASYMMETRIC_DECRYPT}, and also with the padding of PKCS #1 v1.5: {@link NewKey#decryptionWithPkcs1}. */
    ASYMMETRIC_DECRYPT_PKCS1("ASYMMETRIC_DECRYPT_PKCS1"),
    /** Sign, and verify signatures. */
    ASYMMETRIC_SIGN_VERIFY("ASYMMETRIC_SIGN_VERIFY");

    private final String value;

    KeyUsage(String value) {
        this.value = value;
    }

    /** Returns the usage as it stands in the store and in the audit. */
    public String value() {
        return value;
    }

    /** Returns whether keys of this usage decrypt what was encrypted with their public keys. */
    public boolean isAsymmetricDecryption() {
        return this == ASYMMETRIC_DECRYPT || this == ASYMMETRIC_DECRYPT_PKCS1;
    }

    /**
     * Returns the usage of a key of this spec under the name that a cloud KMS has for both, for example {@code
     * ASYMMETRIC_SIGN_VERIFY_ECC}.
     */
    public String documentedName(KeySpec spec) {
        return switch (this) {
            case ENCRYPT_DECRYPT -> value;
            case ASYMMETRIC_DECRYPT, ASYMMETRIC_DECRYPT_PKCS1 -> ASYMMETRIC_DECRYPT.value + "_" + spec;
            case ASYMMETRIC_SIGN_VERIFY -> value + "_" + documentedCurve(spec);
        };
    }

    private static String documentedCurve(KeySpec spec) {
        if (spec.equals(KeySpec.EC_P256)) {
            return "ECC";
        }
        return spec.equals(KeySpec.EC_P384) ? "ECDSA384" : spec.name();
    }
}
