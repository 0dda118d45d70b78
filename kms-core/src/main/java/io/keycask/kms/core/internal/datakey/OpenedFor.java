package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;

/**
 * By what an opened data key is found again.
 *
 * @param account the account that decrypts
 * @param key the customer master key that wraps it
 * @param wrapped the wrapped data key
 * @param context the encryption context
 */
public record OpenedFor(String account, KeyId key, Ciphertext wrapped, EncryptionContext context) implements Lookup {
    @Override
    public boolean isUnder(KeyId id) {
        return key.equals(id);
    }
}
