package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The cipher of messages under one detached data key, which it owns. */
final class DetachedCipher implements DetachedEnvelope {
    private final DetachedKey key;
    private final MessageEncryptor encryptor;
    private final EnvelopeDecryptor decryptor;

    DetachedCipher(MessageSealer sealer, DetachedKey key) {
        this.key = key;
        this.encryptor = new MessageEncryptor(sealer.with(key.suite()), key);
        this.decryptor = new MessageDecryptor(key);
    }

    @Override
    public byte[] encrypt(byte[] plaintext, EncryptionContext context) {
        return encryptor.encrypt(plaintext, context);
    }

    @Override
    public long encrypt(InputStream plaintext, OutputStream message, EncryptionContext context) throws IOException {
        return encryptor.encrypt(plaintext, message, context);
    }

    @Override
    public byte[] decrypt(byte[] message, EncryptionContext context) {
        return decryptor.decrypt(message, context);
    }

    @Override
    public long decrypt(InputStream message, OutputStream plaintext, EncryptionContext context) throws IOException {
        return decryptor.decrypt(message, plaintext, context);
    }

    @Override
    public void close() {
        key.close();
    }
}
