package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Issues data keys that the customer master keys of all recipients wrap; they travel in the message. */
final class RecipientKeys implements KeyIssuer {
    /** The provider id of the header entries (ENV-10). */
    static final byte[] PROVIDER_ID = "keycask".getBytes(StandardCharsets.UTF_8);

    /** The length of the text of a key id. */
    private static final int KEY_ID_BYTES = 36;

    private final DataKeySource source;
    private final List<KeyId> recipients;

    /** Issues data keys to these keys. */
    RecipientKeys(DataKeySource source, List<KeyId> recipients) {
        this.source = source;
        this.recipients = List.copyOf(recipients);
    }

    @Override
    public <T> T issue(int keyBytes, EncryptionContext context, long plaintextBytes, Use<T> action) {
        try (IssuedKey issued = source.issue(recipients, keyBytes, context, plaintextBytes)) {
            List<EncryptedDataKey> entries = new ArrayList<>(recipients.size());
            for (int i = 0; i < recipients.size(); i++) {
                entries.add(entry(recipients.get(i), issued.wrapped().get(i)));
            }
            return issued.dataKey().<T, RuntimeException>use(bytes -> action.apply(bytes, entries));
        }
    }

    /** Returns the issuer of data keys to the same recipients that no other message gets. */
    KeyIssuer fresh() {
        RecipientKeys shared = this;
        return new KeyIssuer() {
            @Override
            public <T> T issue(int keyBytes, EncryptionContext context, long plaintextBytes, Use<T> action) {
                return shared.issue(keyBytes, context, DataKeySource.UNKNOWN_LENGTH, action);
            }

            @Override
            public long entriesBytes(AlgorithmSuite suite) {
                return shared.entriesBytes(suite);
            }
        };
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
