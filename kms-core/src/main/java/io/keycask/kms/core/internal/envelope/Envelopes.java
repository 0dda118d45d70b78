package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.KeyId;
import java.util.List;

/** Envelope ciphers over a source of data keys: what the engine hands to its callers. */
public final class Envelopes {
    private Envelopes() {}

    /**
     * Returns the cipher of this customer master key; {@link EnvelopeCipher#alsoFor} adds recipients.
     *
     * @param source speaks for the caller of the cipher
     */
    public static EnvelopeCipher cipher(DataKeySource source, KeyId key) {
        return new RecipientCipher(source, MessageSealer.standard(), List.of(key));
    }

    /**
     * Returns the decryptor of the messages of any customer master key.
     *
     * @param source speaks for the caller of the decryptor
     */
    public static EnvelopeDecryptor decryptor(DataKeySource source) {
        return new MessageDecryptor(RecipientKeyOpener.withAnyKey(source));
    }
}
