package io.keycask.kms;

/**
 * How material is encrypted on its way into Keycask, to an RSA public key of 2,048 bits (RFC 8017).
 *
 * <p>Closed, because {@code docs/formats.md} fixes the number of each.
 */
public enum WrappingAlgorithm {
    /** OAEP with SHA-256, also as the hash of MGF1 (RFC 8017 §7.1). Take this one. */
    RSAES_OAEP_SHA_256(1),
    /** OAEP with SHA-1, also as the hash of MGF1 (RFC 8017 §7.1): for devices that know no other. */
    RSAES_OAEP_SHA_1(2),
    /**
     * The padding of PKCS #1 v1.5 (RFC 8017 §7.2), which gives an attacker who may try again an oracle. Refused unless the
     * application allows it; then parameters serve one attempt only, whatever becomes of it.
     */
    RSAES_PKCS1_V1_5(3);

    private final int id;

    WrappingAlgorithm(int id) {
        this.id = id;
    }

    /** Returns the number in the import token, 1 to 127. */
    public int id() {
        return id;
    }
}
