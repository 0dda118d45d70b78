package io.keycask.kms.core.internal.record;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.crypto.Hkdf;
import io.keycask.kms.crypto.Sm4GcmHkdfSm3;
import io.keycask.kms.crypto.Xaes256Gcm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What protects records. The length of the data key decides (REC-8), so that records stay what they are when their data key is
 * wrapped under a key of another kind; each record begins with the number of its format.
 *
 * <p>Both have nonces of 24 bytes, whose first 12 select the key of a prefix, and tags of 16.
 */
enum RecordSuite {
    /** XAES-256-GCM under a key from HKDF-SHA512. */
    XAES_256_GCM(1, Xaes256Gcm.KEY_BYTES, "keycask record 1: XAES-256-GCM key") {
        @Override
        Hkdf hkdf() {
            return Hkdf.SHA512;
        }

        @Override
        RecordKey key(byte[] recordKey) {
            Xaes256Gcm key = Xaes256Gcm.of(recordKey);
            return new RecordKey(this, key, key::prefixKey);
        }
    },
    /** SM4-GCM-HKDF-SM3 under a key from HKDF-SM3. */
    SM4_GCM_HKDF_SM3(2, Sm4GcmHkdfSm3.KEY_BYTES, "keycask record 2: SM4-GCM-HKDF-SM3 key") {
        @Override
        Hkdf hkdf() {
            return Hkdf.SM3;
        }

        @Override
        RecordKey key(byte[] recordKey) {
            Sm4GcmHkdfSm3 key = Sm4GcmHkdfSm3.of(recordKey);
            return new RecordKey(this, key, key::prefixKey);
        }
    };

    private static final String SALT = "keycask-record";

    private final int format;
    private final int keyBytes;
    private final String info;

    RecordSuite(int format, int keyBytes, String info) {
        this.format = format;
        this.keyBytes = keyBytes;
        this.info = info;
    }

    /**
     * Returns the suite of the records under a data key.
     *
     * @throws InvalidRequestException if no records have data keys of this length
     */
    static RecordSuite ofKeyBytes(int keyBytes) {
        for (RecordSuite suite : values()) {
            if (suite.keyBytes == keyBytes) {
                return suite;
            }
        }
        throw new InvalidRequestException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "data key is " + keyBytes + " bytes; records need " + XAES_256_GCM.keyBytes + ", or "
                        + SM4_GCM_HKDF_SM3.keyBytes + " for SM4");
    }

    /** Returns the first byte of each record. */
    byte format() {
        return (byte) format;
    }

    /** Returns the length of a data key. */
    int keyBytes() {
        return keyBytes;
    }

    /** REC-1: a key of its own, so that records and envelope messages under one data key have nothing in common. */
    RecordKey derive(byte[] dataKey) {
        byte[] derived = hkdf().derive(ascii(SALT), dataKey, ascii(info), keyBytes);
        try {
            return key(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the function that derives the record key. */
    abstract Hkdf hkdf();

    /** Returns the key of these bytes, which are copied. */
    abstract RecordKey key(byte[] recordKey);
}
