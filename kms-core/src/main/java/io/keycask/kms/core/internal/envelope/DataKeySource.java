package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import java.util.Optional;

/**
 * Where envelope messages get their data keys: the engine's ordinary operations, with access control, the state machine
 * and the audit behind them. A source speaks for one caller.
 */
public interface DataKeySource {
    /** Returns a fresh data key wrapped under the current version of the key; audited as {@code GenerateDataKey}. */
    DataKey generate(KeyId key, int sizeBytes, EncryptionContext context);

    /** Returns the data key wrapped under one more key; audited as {@code Encrypt}. */
    Ciphertext wrap(KeyId key, DataKey dataKey, EncryptionContext context);

    /** Returns the length of what {@link #wrap} and {@link #generate} return for keys of this spec, at most. */
    int wrappedBytes(KeySpec spec, int sizeBytes);

    /**
     * Returns the data key that was wrapped, which the caller has to close; audited as {@code Decrypt}.
     *
     * @throws io.keycask.kms.DecryptionException if the bytes do not parse, were altered, or have another context
     * @throws io.keycask.kms.KmsException as {@code Kms.decrypt}
     */
    DataKey unwrap(Ciphertext wrapped, EncryptionContext context);

    /** Returns the key that these bytes say they are wrapped under, without any check but the form. */
    Optional<KeyId> keyOf(Ciphertext wrapped);
}
