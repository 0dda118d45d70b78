package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Base64;

/**
 * A small secret or a data key, encrypted under a customer master key.
 *
 * <p>The bytes name their key and its version, so decryption needs nothing else than the encryption context. They are
 * opaque: store them as they are. Immutable.
 */
public final class Ciphertext {
    /** The longest ciphertext that Keycask makes or accepts. */
    public static final int MAX_BYTES = 8_192;

    private final byte[] bytes;

    private Ciphertext(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the ciphertext of these bytes.
     *
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_CIPHERTEXT} if there are more than {@link
     *     #MAX_BYTES}
     */
    public static Ciphertext copyOf(byte[] bytes) {
        requireAtMost(bytes.length, MAX_BYTES, " bytes");
        return new Ciphertext(bytes.clone());
    }

    /**
     * Returns the ciphertext that {@link #toBase64()} made this text of.
     *
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_CIPHERTEXT} if the text is not Base64, or too long
     */
    public static Ciphertext parseBase64(String text) {
        requireNonNull(text, "text");
        requireAtMost(text.length(), MAX_BYTES / 3 * 4 + 4, " characters");
        try {
            return copyOf(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(ErrorCode.INVALID_CIPHERTEXT, "ciphertext is not Base64");
        }
    }

    private static void requireAtMost(int length, int limit, String unit) {
        if (length > limit) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_CIPHERTEXT, "ciphertext is " + length + unit + "; limit is " + limit);
        }
    }

    /** Returns the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Returns the bytes as Base64 text (RFC 4648 §4, with padding). */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ciphertext that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Ciphertext[" + bytes.length + " bytes]";
    }
}
