package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.KeySpec;
import io.keycask.kms.NewKey;
import java.io.IOException;

/** Envelope messages as an application makes them. */
final class KeycaskEnvelope implements Envelope {
    private final TemporaryKms kms = new TemporaryKms();
    private final EnvelopeCipher cipher;
    private final EncryptionContext context;

    KeycaskEnvelope(EncryptionContext context, KeySpec spec) throws IOException {
        this.context = context;
        cipher = kms.kms().createKey(NewKey.named("benchmark").spec(spec)).envelope();
    }

    @Override
    public byte[] encrypt(byte[] plaintext) {
        return cipher.encrypt(plaintext, context);
    }

    @Override
    public byte[] decrypt(byte[] message) {
        return cipher.decrypt(message, context);
    }

    @Override
    public void close() throws IOException {
        kms.close();
    }
}
