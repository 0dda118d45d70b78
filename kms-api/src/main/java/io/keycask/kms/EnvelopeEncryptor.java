package io.keycask.kms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Encrypts data of any size into envelope messages, which {@link EnvelopeDecryptor} opens. Thread-safe.
 *
 * <p>A message is 32 bytes longer for every 64 KiB of plaintext, plus 8, plus a header of a few hundred bytes, which grows with the
 * encryption context and the recipients.
 */
public interface EnvelopeEncryptor {
    /** Encrypts in memory. */
    byte[] encrypt(byte[] plaintext, EncryptionContext context);

    /**
     * Encrypts {@code length} bytes of {@code plaintext} into the caller's array, where the message must not lie over the plaintext.
     *
     * @return the length of the message in bytes
     * @throws IndexOutOfBoundsException if the range does not lie in its array, or the message has no room in the other one, where
     *     nothing is written then; {@link #messageBytes} says how much it needs
     * @throws IllegalArgumentException if the plaintext lies where the message would
     */
    int encrypt(byte[] plaintext, int offset, int length, byte[] message, int messageOffset, EncryptionContext context);

    /**
     * Returns the length of the message of a plaintext of this length. It is exact, unless the application gave several providers that
     * encrypt keys of one spec in different ways; then it is that of the longest, at most 12 bytes more for each recipient.
     *
     * @param plaintextBytes at most 2<sup>48</sup> - 2<sup>16</sup>, which is the longest plaintext of a message
     * @throws LimitExceededException if the plaintext is longer, or the header of the message would be longer than 64 KiB
     */
    long messageBytes(long plaintextBytes, EncryptionContext context);

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
}
