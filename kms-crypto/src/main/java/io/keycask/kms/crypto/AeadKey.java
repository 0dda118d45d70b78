package io.keycask.kms.crypto;

import javax.crypto.AEADBadTagException;

/**
 * A secret key that seals messages (authenticated encryption with associated data) and opens them again.
 *
 * <p>Every key is immutable, may be used by any number of threads at once, and does the key-dependent work once, so keep
 * the object as long as the key is in use. {@code seal} appends a tag of {@link #TAG_BYTES} bytes; {@code open} wants it
 * there and writes nothing that an attacker could have chosen: when the tag is wrong, the part of the output array that
 * the message would have filled is unchanged or zero. A nonce must never be used twice for sealing under one key;
 * nobody checks that here.
 *
 * <p>Input and output may be the same array: at the same offset the work is done in place, any other overlap costs one
 * internal copy of the input.
 *
 * <p>{@link #close()} wipes the key. A later call throws {@link IllegalStateException}, and so does a call that was
 * running meanwhile unless it had already got past its last use of the key.
 */
public sealed interface AeadKey extends AutoCloseable permits Aes256Gcm, Xaes256Gcm, Sm4Gcm, Sm4GcmHkdfSm3 {

    /** Length of the tag that {@code seal} appends, in bytes. */
    int TAG_BYTES = 16;

    /**
     * Encrypts and authenticates {@code length} bytes of {@code in} and writes them, followed by the tag, to {@code out}.
     *
     * @return the number of bytes written, {@code length + TAG_BYTES}
     * @throws IllegalArgumentException if the nonce has a length that this algorithm does not take
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     * @throws IllegalStateException if the key is closed
     */
    int seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /**
     * Verifies {@code length} bytes of {@code in}, of which the last {@link #TAG_BYTES} are the tag, and writes the
     * plaintext to {@code out}.
     *
     * @return the number of bytes written, {@code length - TAG_BYTES}
     * @throws AEADBadTagException if the key, the nonce, the associated data or the message is not what was sealed; one
     *     answer for all, a message too short to hold a tag included
     * @throws IllegalArgumentException if the nonce has a length that this algorithm does not take
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     * @throws IllegalStateException if the key is closed
     */
    int open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException;

    /** Returns the sealed form of a whole array: ciphertext and tag, without the nonce. */
    default byte[] seal(byte[] nonce, byte[] aad, byte[] plaintext) {
        byte[] sealed = new byte[Math.addExact(plaintext.length, TAG_BYTES)];
        seal(nonce, aad, plaintext, 0, plaintext.length, sealed, 0);
        return sealed;
    }

    /**
     * Returns the plaintext of what {@link #seal(byte[], byte[], byte[])} returned.
     *
     * @throws AEADBadTagException if the key, the nonce, the associated data or the message is not what was sealed
     */
    default byte[] open(byte[] nonce, byte[] aad, byte[] sealed) throws AEADBadTagException {
        byte[] plaintext = new byte[Math.max(0, sealed.length - TAG_BYTES)];
        open(nonce, aad, sealed, 0, sealed.length, plaintext, 0);
        return plaintext;
    }

    /** Wipes the key. Idempotent. */
    @Override
    void close();
}
