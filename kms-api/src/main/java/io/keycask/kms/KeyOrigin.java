package io.keycask.kms;

/** Where the material of a customer master key comes from. */
public enum KeyOrigin {
    /** The key provider made it. */
    KMS("KMS"),
    /** The user imports it. */
    EXTERNAL("EXTERNAL");

    private final String value;

    KeyOrigin(String value) {
        this.value = value;
    }

    /** Returns the origin as it stands in the documents, in the store and in the audit. */
    public String value() {
        return value;
    }
}
