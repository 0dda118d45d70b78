package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import java.util.List;

/**
 * What messages have in common that share a data key. The recipients belong to it: a data key that was wrapped for one
 * more of them would open the messages before.
 *
 * @param account the account that encrypts; what else a caller is made of changes with every request
 * @param recipients the customer master keys that wrap it
 * @param version the version of the first of them
 * @param sizeBytes the length of the data key, and with it the suite
 * @param context the encryption context
 */
public record IssuedFor(
        String account, List<KeyId> recipients, KeyVersionId version, int sizeBytes, EncryptionContext context)
        implements Lookup {
    @Override
    public boolean isUnder(KeyId key) {
        return recipients.contains(key);
    }
}
