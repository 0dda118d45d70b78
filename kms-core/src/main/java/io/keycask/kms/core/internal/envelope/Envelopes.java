package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import java.util.List;

/** Envelope ciphers over a source of data keys: what the engine hands to its callers. */
public final class Envelopes {
    private Envelopes() {}

    /**
     * Returns the cipher of this customer master key; {@link EnvelopeCipher#alsoFor} adds recipients.
     *
     * @param source speaks for the caller of the cipher
     * @param spec the spec of the key, which says what protects the messages: SM4 or AES
     */
    public static EnvelopeCipher cipher(DataKeySource source, KeyId key, KeySpec spec) {
        MessageSealer sealer = MessageSealer.standard(AlgorithmSuite.of(spec));
        return new RecipientCipher(source, sealer, List.of(key), Parallelism.NONE);
    }

    /**
     * Returns the decryptor of the messages of any customer master key.
     *
     * @param source speaks for the caller of the decryptor
     */
    public static EnvelopeDecryptor decryptor(DataKeySource source) {
        return new MessageDecryptor(RecipientKeyOpener.withAnyKey(source), Parallelism.NONE);
    }
}
