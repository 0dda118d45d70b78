package io.keycask.kms.spi;

/**
 * How a customer master key encrypts: the algorithm and the lengths that the engine frames.
 *
 * <p>Closed, because {@code docs/formats.md} fixes the number of each.
 */
public enum CiphertextSuite {
    /** XAES-256-GCM (C2SP): random 192-bit nonces, no usage to count. */
    XAES_256_GCM(1, 24, 16),
    /** AES-256-GCM (NIST SP 800-38D) with 96-bit nonces; the usage of a key version is bounded. */
    AES_256_GCM(2, 12, 16),
    /** SM4-GCM under a key that HKDF-SM3 derives from the first half of a random 192-bit nonce; no usage to count. */
    SM4_GCM_HKDF_SM3(3, 24, 16);

    private final int id;
    private final int nonceBytes;
    private final int tagBytes;

    CiphertextSuite(int id, int nonceBytes, int tagBytes) {
        this.id = id;
        this.nonceBytes = nonceBytes;
        this.tagBytes = tagBytes;
    }

    /** Returns the number in the ciphertext, 1 to 255. */
    public int id() {
        return id;
    }

    /** Returns the length of the nonce in bytes. */
    public int nonceBytes() {
        return nonceBytes;
    }

    /** Returns the length of the tag in bytes. */
    public int tagBytes() {
        return tagBytes;
    }
}
