package io.keycask.kms.benchmarks;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.KeySpec;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** Envelope messages as an application makes them, of arrays or streams. */
final class KeycaskEnvelope implements Envelope, StreamCipher {
    private final TemporaryKms kms = new TemporaryKms();
    private final SymmetricCmk key;
    private final EnvelopeCipher cipher;
    private final EncryptionContext context;

    KeycaskEnvelope(EncryptionContext context, KeySpec spec) throws IOException {
        this.context = context;
        key = kms.kms().createKey(NewKey.named("benchmark").spec(spec));
        cipher = key.envelope();
    }

    EnvelopeCipher cipher() {
        return cipher;
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
    public void encrypt(InputStream plaintext, OutputStream message) throws IOException {
        cipher.encrypt(plaintext, message, context);
    }

    @Override
    public void decrypt(InputStream message, OutputStream plaintext) throws IOException {
        cipher.decrypt(message, plaintext, context);
    }

    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        return new FramedMessageReader(this::unwrap).read(message);
    }

    private byte[] unwrap(byte[] providerInfo, byte[] wrapped, byte[] messageContext) {
        try (DataKey dataKey = key.decryptDataKey(Ciphertext.copyOf(wrapped), context)) {
            return dataKey.<byte[], RuntimeException>use(byte[]::clone);
        }
    }

    @Override
    public void close() throws IOException {
        kms.close();
    }
}
