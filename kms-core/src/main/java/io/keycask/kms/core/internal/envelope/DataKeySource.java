package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Where envelope messages get their data keys: the engine's ordinary operations, with access control, the state machine
 * and the audit behind them. A source speaks for one caller.
 */
public interface DataKeySource {
    /** Returns a fresh data key wrapped under the current version of the key; audited as {@code GenerateDataKey}. */
    DataKey generate(KeyId key, int sizeBytes, EncryptionContext context);

    /** The length of a message that is not known yet; its data key is always a fresh one. */
    long UNKNOWN_LENGTH = Long.MAX_VALUE;

    /**
     * Returns a data key for one message, wrapped under the current versions of all recipients. Messages to the same recipients with
     * the same context may get the same one, if the user asked for a data-key cache. Audited as {@code GenerateDataKey} for the
     * first recipient and as {@code Encrypt} for each other one.
     *
     * @param plaintextBytes the length of the message, or {@link #UNKNOWN_LENGTH}
     * @return the data key, which the caller has to close
     */
    IssuedKey issue(List<KeyId> recipients, int sizeBytes, EncryptionContext context, long plaintextBytes);

    /** Returns the length of the wrapped data keys that {@link #issue} and {@link #generate} return for keys of this spec, at most. */
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
