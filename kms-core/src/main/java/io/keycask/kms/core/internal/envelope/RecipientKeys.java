package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Issues fresh data keys that the customer master keys of all recipients wrap; they travel in the message. */
final class RecipientKeys implements KeyIssuer {
    /** The provider id of the header entries (ENV-10). */
    static final byte[] PROVIDER_ID = "keycask".getBytes(StandardCharsets.UTF_8);

    /** The length of the text of a key id. */
    private static final int KEY_ID_BYTES = 36;

    private final DataKeySource source;
    private final List<KeyId> recipients;

    /** Issues data keys that the first of these keys generates. */
    RecipientKeys(DataKeySource source, List<KeyId> recipients) {
        this.source = source;
        this.recipients = List.copyOf(recipients);
    }

    @Override
    public <T> T issue(int keyBytes, EncryptionContext context, Use<T> action) {
        KeyId first = recipients.get(0);
        try (DataKey dataKey = source.generate(first, keyBytes, context)) {
            List<EncryptedDataKey> entries = new ArrayList<>(recipients.size());
            entries.add(entry(first, dataKey.wrapped()));
            for (KeyId recipient : recipients.subList(1, recipients.size())) {
                entries.add(entry(recipient, source.wrap(recipient, dataKey, context)));
            }
            return dataKey.<T, RuntimeException>use(bytes -> action.apply(bytes, entries));
        }
    }

    @Override
    public long entriesBytes(AlgorithmSuite suite) {
        int wrapped = source.wrappedBytes(suite.spec(), suite.keyBytes());
        return recipients.size() * EncryptedDataKey.bytes(PROVIDER_ID.length, KEY_ID_BYTES, wrapped);
    }

    private static EncryptedDataKey entry(KeyId key, Ciphertext wrapped) {
        return new EncryptedDataKey(PROVIDER_ID, providerInfo(key), wrapped.toBytes());
    }

    /** Returns what names this key in a header entry (ENV-10). */
    static byte[] providerInfo(KeyId key) {
        return key.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
