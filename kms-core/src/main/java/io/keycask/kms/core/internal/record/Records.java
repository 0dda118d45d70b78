package io.keycask.kms.core.internal.record;

import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.crypto.Hkdf;
import io.keycask.kms.crypto.Xaes256Gcm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Record ciphers over data keys: what the engine hands to its callers. */
public final class Records {
    /** The data keys that records need. */
    public static final DataKeySpec KEY_SPEC = DataKeySpec.AES_256;

    private static final byte[] SALT = "keycask-record".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "keycask record 1: XAES-256-GCM key".getBytes(StandardCharsets.US_ASCII);

    private Records() {}

    /**
     * Returns the cipher of the records under this data key, which is closed in any case.
     *
     * @throws InvalidRequestException if the data key has another length than records need
     */
    public static RecordCipher cipher(DataKey dataKey) {
        try (dataKey) {
            if (dataKey.size() != KEY_SPEC.sizeBytes()) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "data key is " + dataKey.size() + " bytes; records need " + KEY_SPEC.sizeBytes());
            }
            Xaes256Gcm key = dataKey.<Xaes256Gcm, RuntimeException>use(Records::recordKey);
            return new XaesRecordCipher(
                    key,
                    new WritingPrefix(key, OperatingSystemRandom.create(), WritingPrefix.MAX_RECORDS),
                    new PrefixKeyCache(key, PrefixKeyCache.MAX_KEYS));
        }
    }

    /** REC-1: a key of its own, so that records and envelope messages under one data key have nothing in common. */
    static Xaes256Gcm recordKey(byte[] dataKey) {
        byte[] derived = Hkdf.SHA512.derive(SALT, dataKey, INFO, Xaes256Gcm.KEY_BYTES);
        try {
            return Xaes256Gcm.of(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }
}
