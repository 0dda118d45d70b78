package io.keycask.kms.soft;

/**
 * What is sealed under a root key: each format has its own first byte and its own derived key, so that nothing that was
 * sealed as one opens as the other.
 */
enum SealedFormat {
    /** The material of a key version. */
    KEY_VERSION(1, "keycask soft 1: seal key versions"),
    /** A secret of the engine. */
    STATE(2, "keycask soft 1: seal state"),
    /** The private key of a wrapping key pair. */
    WRAPPING_KEY(3, "keycask soft 1: seal wrapping keys");

    private final int id;
    private final String label;

    SealedFormat(int id, String label) {
        this.id = id;
        this.label = label;
    }

    /** The first byte. */
    byte id() {
        return (byte) id;
    }

    /** The HKDF label of the key that seals this format. */
    String label() {
        return label;
    }
}
