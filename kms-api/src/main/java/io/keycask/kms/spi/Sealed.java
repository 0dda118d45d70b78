package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a provider's encryption returns: the suite, the nonce that it chose, and the ciphertext with its tag.
 *
 * <p>Immutable.
 */
public final class Sealed {
    private final CiphertextSuite suite;
    private final byte[] nonce;
    private final byte[] ciphertextAndTag;

    private Sealed(CiphertextSuite suite, byte[] nonce, byte[] ciphertextAndTag) {
        this.suite = suite;
        this.nonce = nonce;
        this.ciphertextAndTag = ciphertextAndTag;
    }

    /**
     * Returns the answer of these parts.
     *
     * @throws IllegalArgumentException if the nonce has not the length of the suite, or there is no room for a tag
     */
    public static Sealed of(CiphertextSuite suite, byte[] nonce, byte[] ciphertextAndTag) {
        requireNonNull(suite, "suite");
        if (nonce.length != suite.nonceBytes()) {
            throw new IllegalArgumentException(
                    "nonce is " + nonce.length + " bytes; " + suite + " takes " + suite.nonceBytes());
        }
        if (ciphertextAndTag.length < suite.tagBytes()) {
            throw new IllegalArgumentException(
                    "ciphertext is " + ciphertextAndTag.length + " bytes; the tag alone is " + suite.tagBytes());
        }
        return new Sealed(suite, nonce.clone(), ciphertextAndTag.clone());
    }

    /** Returns how it is encrypted. */
    public CiphertextSuite suite() {
        return suite;
    }

    /** Returns the nonce. */
    public byte[] nonce() {
        return nonce.clone();
    }

    /** Returns the ciphertext, followed by the tag. */
    public byte[] ciphertextAndTag() {
        return ciphertextAndTag.clone();
    }

    @Override
    public String toString() {
        return "Sealed[" + suite + ", " + ciphertextAndTag.length + " bytes]";
    }
}
