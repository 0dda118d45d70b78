package io.keycask.kms;

import java.util.Arrays;

/**
 * What is signed: a short message, or the digest of one of any length.
 *
 * <p>Both forms of one message have the same signatures, so what was signed in one form verifies in the other. Immutable.
 */
public final class MessageToSign {
    /** The longest raw message. */
    public static final int MAX_RAW_BYTES = 4_096;

    private static final int MAX_DIGEST_BYTES = 64;

    private final byte[] bytes;
    private final boolean digest;

    private MessageToSign(byte[] bytes, boolean digest) {
        this.bytes = bytes;
        this.digest = digest;
    }

    /**
     * Returns the message of these bytes, of which the algorithm takes the digest.
     *
     * @param message at most {@value #MAX_RAW_BYTES} bytes
     * @throws InvalidRequestException if the message is longer
     */
    public static MessageToSign raw(byte[] message) {
        requireAtMost(message.length, MAX_RAW_BYTES, "message");
        return new MessageToSign(message.clone(), false);
    }

    /**
     * Returns the message that has this digest.
     *
     * @param digest of exactly the length of the algorithm: 32 bytes, for {@link SignatureAlgorithm#ECC_P384_R1} 48; for
     *     {@link SignatureAlgorithm#SM2DSA} the digest of {@code Z} and the message (GB/T 32918.2 §6.1, the value {@code e})
     * @throws InvalidRequestException if no digest has so many bytes
     */
    public static MessageToSign digest(byte[] digest) {
        requireAtMost(digest.length, MAX_DIGEST_BYTES, "digest");
        return new MessageToSign(digest.clone(), true);
    }

    private static void requireAtMost(int found, int limit, String what) {
        if (found > limit) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER, what + " is " + found + " bytes; limit is " + limit);
        }
    }

    /** Returns whether the bytes are a digest already. */
    public boolean isDigest() {
        return digest;
    }

    /** Returns the message or its digest. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageToSign that && digest == that.digest && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(digest) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "MessageToSign[" + (digest ? "DIGEST, " : "RAW, ") + bytes.length + " bytes]";
    }
}
