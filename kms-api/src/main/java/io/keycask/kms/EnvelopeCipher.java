package io.keycask.kms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Encrypts data of any size: a fresh data key for every message, wrapped by one or several customer master keys, and
 * AES-256-GCM with key commitment inside this process; SM4-GCM if the key is of {@link KeySpec#SM4}. Where the application
 * set a data-key cache, messages in memory with one encryption context may share a data key.
 *
 * <p>It decrypts only messages that its own customer master key can open; {@link Kms#envelope()} takes those of any key.
 * Thread-safe. The key has to be enabled, otherwise the answer is a {@link KeyStateException}.
 */
public interface EnvelopeCipher extends EnvelopeDecryptor {
    /** The most customer master keys that can open one message. */
    int MAX_RECIPIENTS = 16;

    /** Encrypts in memory. */
    byte[] encrypt(byte[] plaintext, EncryptionContext context);

    /**
     * Encrypts everything up to the end of a stream, in bounded memory. Neither stream is closed.
     *
     * <p>If this throws, the message that was written so far is incomplete, and decryption refuses it.
     *
     * @return the length of the plaintext in bytes
     * @throws IOException if a stream throws it
     */
    long encrypt(InputStream plaintext, OutputStream message, EncryptionContext context) throws IOException;

    /**
     * Returns a stream that encrypts what is written to it.
     *
     * <p>{@code close} completes the message and closes {@code message}. It cannot tell an orderly end from one after an
     * exception of the code that writes; where that matters, take {@link #encrypt(InputStream, OutputStream,
     * EncryptionContext)}. After a write that failed, {@code close} does not complete the message. The stream belongs to
     * one thread at a time.
     *
     * @throws IOException if {@code message} throws it
     */
    OutputStream encrypting(OutputStream message, EncryptionContext context) throws IOException;

    /**
     * Encrypts a file into another one, which appears only when it is complete and on the disk, and is readable by its
     * owner only.
     *
     * @return the length of the plaintext in bytes
     * @throws java.nio.file.FileAlreadyExistsException if {@code message} exists and the options do not allow to replace
     *     it
     * @throws java.util.concurrent.CancellationException if the options' listener cancelled it
     * @throws IOException if a file cannot be read or written; then no file is left behind
     */
    long encrypt(Path plaintext, Path message, EncryptionContext context, FileOptions options) throws IOException;

    /** Encrypts a file with the {@linkplain FileOptions#standard() standard} options. */
    default long encrypt(Path plaintext, Path message, EncryptionContext context) throws IOException {
        return encrypt(plaintext, message, context, FileOptions.standard());
    }

    /**
     * Re-encrypts a message under a new data key that the newest version of this cipher's keys wraps. The message may be
     * under any key that the caller may decrypt with.
     */
    byte[] rewrap(byte[] message, EncryptionContext context);

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
