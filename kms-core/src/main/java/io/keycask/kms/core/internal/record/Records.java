package io.keycask.kms.core.internal.record;

import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.RecordCipher;

/** Record ciphers over data keys: what the engine hands to its callers. */
public final class Records {
    private Records() {}

    /** Returns the spec of new data keys for records under a customer master key of this spec: SM4 or AES. */
    public static DataKeySpec keySpec(KeySpec spec) {
        RecordSuite suite = spec.equals(KeySpec.SM4) ? RecordSuite.SM4_GCM_HKDF_SM3 : RecordSuite.XAES_256_GCM;
        return DataKeySpec.ofBytes(suite.keyBytes());
    }

    /**
     * Returns the cipher of the records under this data key, which is closed in any case.
     *
     * @throws InvalidRequestException if the data key has another length than records need
     */
    public static RecordCipher cipher(DataKey dataKey) {
        try (dataKey) {
            RecordSuite suite = RecordSuite.ofKeyBytes(dataKey.size());
            RecordKey key = dataKey.<RecordKey, RuntimeException>use(suite::derive);
            return new PrefixRecordCipher(
                    key,
                    new WritingPrefix(key, OperatingSystemRandom.create(), WritingPrefix.MAX_RECORDS),
                    new PrefixKeyCache(key, PrefixKeyCache.MAX_KEYS));
        }
    }
}
