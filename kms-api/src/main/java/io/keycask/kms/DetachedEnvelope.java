package io.keycask.kms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Encrypts and decrypts messages under one data key that is kept beside the data.
 *
 * <p>To re-key all of its messages, re-encrypt the wrapped data key; no message changes. Until {@link #close()} the data
 * key is in memory, and disabling its customer master key does not take it away. Thread-safe.
 *
 * <p>Messages have the format of {@link EnvelopeDecryptor}; a message under another data key is refused with a {@link
 * DecryptionException}.
 */
public interface DetachedEnvelope extends AutoCloseable {
    /** Encrypts in memory. */
    byte[] encrypt(byte[] plaintext, EncryptionContext context);

    /** Encrypts everything up to the end of a stream; as {@link EnvelopeCipher#encrypt(InputStream, OutputStream, EncryptionContext)}. */
    long encrypt(InputStream plaintext, OutputStream message, EncryptionContext context) throws IOException;

    /** Decrypts in memory; as {@link EnvelopeDecryptor#decrypt(byte[], EncryptionContext)}. */
    byte[] decrypt(byte[] message, EncryptionContext context);

    /** Decrypts a stream; as {@link EnvelopeDecryptor#decrypt(InputStream, OutputStream, EncryptionContext)}. */
    long decrypt(InputStream message, OutputStream plaintext, EncryptionContext context) throws IOException;

    /** Wipes the data key. Idempotent. */
    @Override
    void close();
}
