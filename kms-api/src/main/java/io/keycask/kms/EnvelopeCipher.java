package io.keycask.kms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Encrypts data of any size: a fresh data key for every message, wrapped by one or several customer master keys, and
 * AES-256-GCM with key commitment inside this process; SM4-GCM if the key is of {@link KeySpec#SM4}. Where the application
 * set a data-key cache, messages in memory with one encryption context may share a data key.
 *
 * <p>It decrypts only messages that its own customer master key can open; {@link Kms#envelope()} takes those of any key.
 * Thread-safe. The key has to be enabled, otherwise the answer is a {@link KeyStateException}.
 */
public interface EnvelopeCipher extends EnvelopeEncryptor, EnvelopeDecryptor {
    /** The most customer master keys that can open one message. */
    int MAX_RECIPIENTS = 16;

    /**
     * Re-encrypts a message under a new data key that the newest version of this cipher's keys wraps. The message may be
     * under any key that the caller may decrypt with.
     */
    byte[] rewrap(byte[] message, EncryptionContext context);

    /**
     * Re-encrypts a message of {@code length} bytes into the caller's array, which may be the same one.
     *
     * @return the length of the new message in bytes; {@link #messageBytes} of {@link #plaintextBytes} says how much it needs
     * @throws IndexOutOfBoundsException if the range does not lie in its array, or the new message has no room in the other one, where
     *     nothing is written then
     */
    int rewrap(
            byte[] message, int offset, int length, byte[] rewrapped, int rewrappedOffset, EncryptionContext context);

    /**
     * Re-encrypts a message of any length under a new data key, in bounded memory. Neither stream is closed.
     *
     * @return the length of the plaintext in bytes
     * @throws IOException if a stream throws it
     */
    long rewrap(InputStream message, OutputStream rewrapped, EncryptionContext context) throws IOException;

    /**
     * Re-encrypts a file in place under a new data key. At every moment, also after a crash, the file is the old message
     * or the new one.
     *
     * @return the length of the plaintext in bytes
     * @throws java.util.concurrent.CancellationException if the options' listener cancelled it
     * @throws IOException if the file cannot be read or written; then it is unchanged
     */
    long rewrap(Path message, EncryptionContext context, FileOptions options) throws IOException;

    /** Re-encrypts a file in place with the {@linkplain FileOptions#standard() standard} options. */
    default long rewrap(Path message, EncryptionContext context) throws IOException {
        return rewrap(message, context, FileOptions.standard());
    }

    /** {@inheritDoc} */
    @Override
    EnvelopeCipher inParallel(Executor executor, int threads);

    /** {@inheritDoc} */
    @Override
    EnvelopeCipher inParallel(int threads);

    /**
     * Returns this cipher with one more customer master key that will be able to open its messages.
     *
     * @throws LimitExceededException if there are more than {@link #MAX_RECIPIENTS}
     * @throws InvalidRequestException if the key is a recipient already, or one key is of {@link KeySpec#SM4} and another is not
     */
    EnvelopeCipher alsoFor(SymmetricCmk recipient);

    /**
     * Returns a fresh wrapped data key to be stored beside the data, for {@link #detached}. It is an ordinary wrapped
     * data key: {@link SymmetricCmk#reEncrypt} brings it under another key or version without touching a message.
     */
    Ciphertext newDetachedKey(EncryptionContext context);

    /**
     * Returns a cipher whose messages do not carry their data key, but refer to this one.
     *
     * @param wrappedKey from {@link #newDetachedKey}, or what re-encryption made of it; the messages of a data key stay what they
     *     are, AES or SM4, whatever key wraps it
     * @param context the encryption context of the wrapped key
     * @return the cipher, which the caller has to close
     */
    DetachedEnvelope detached(Ciphertext wrappedKey, EncryptionContext context);
}
