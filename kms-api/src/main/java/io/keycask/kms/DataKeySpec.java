package io.keycask.kms;

/**
 * How long a data key is.
 *
 * @param sizeBytes 1 to {@value #MAX_BYTES}
 */
public record DataKeySpec(int sizeBytes) {
    /** The longest data key. */
    public static final int MAX_BYTES = 1_024;

    /** A 128-bit key. */
    public static final DataKeySpec AES_128 = new DataKeySpec(16);

    /** A 256-bit key. */
    public static final DataKeySpec AES_256 = new DataKeySpec(32);

    /** A 128-bit key for SM4; a spec is a length and nothing more, so it equals {@link #AES_128}. */
    public static final DataKeySpec SM4_128 = new DataKeySpec(16);

    /**
     * A key of this many bytes.
     *
     * @throws InvalidRequestException if that is less than 1 or more than {@value #MAX_BYTES}
     */
    public DataKeySpec {
        if (sizeBytes < 1 || sizeBytes > MAX_BYTES) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "data key of " + sizeBytes + " bytes; expected 1 to " + MAX_BYTES);
        }
    }

    /** Returns the spec of a key of this many bytes, 1 to {@value #MAX_BYTES}. */
    public static DataKeySpec ofBytes(int sizeBytes) {
        return new DataKeySpec(sizeBytes);
    }
}
