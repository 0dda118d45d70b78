package io.keycask.kms;

/** What a customer master key may be used for, fixed at its creation. */
public enum KeyUsage {
    /** Encrypt, decrypt and make data keys, with one symmetric key. */
    ENCRYPT_DECRYPT("ENCRYPT_DECRYPT");

    private final String value;

    KeyUsage(String value) {
        this.value = value;
    }

    /** Returns the usage as it stands in the documents, in the store and in the audit. */
    public String value() {
        return value;
    }
}
