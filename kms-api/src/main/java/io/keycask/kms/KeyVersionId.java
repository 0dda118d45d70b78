package io.keycask.kms;

import java.util.HexFormat;

/**
 * The identifier of one version of a customer master key: 64 random bits.
 *
 * <p>It is random and never a counter, so that a store restored from a backup cannot give the number of a lost version
 * to a new one.
 *
 * @param value the 64 bits
 */
public record KeyVersionId(long value) {
    /**
     * Returns the identifier that these 16 hexadecimal digits name.
     *
     * @throws IllegalArgumentException if the text is not 16 hexadecimal digits
     */
    public static KeyVersionId parse(String text) {
        if (text.length() != 2 * Long.BYTES) {
            throw new IllegalArgumentException("not a key version id: expected 16 hexadecimal digits");
        }
        return new KeyVersionId(HexFormat.fromHexDigitsToLong(text));
    }

    /** Returns 16 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
