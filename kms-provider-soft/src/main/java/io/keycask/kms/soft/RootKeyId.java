package io.keycask.kms.soft;

import java.util.HexFormat;

/**
 * The public name of a root key, derived from it: tells "another root key" apart from "altered".
 *
 * @param value 64 bits
 */
record RootKeyId(long value) {
    static final int BYTES = Long.BYTES;

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
