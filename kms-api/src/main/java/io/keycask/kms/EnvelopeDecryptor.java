package io.keycask.kms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Decrypts envelope messages: data under a data key of its own, which one or several customer master keys wrap.
 *
 * <p>Messages are in the AWS Encryption SDK message format, version 2; {@code docs/formats.md} has the details and the
 * limits. A message names its keys, so that only the encryption context is needed. Thread-safe.
 *
 * <p>Every method throws {@link DecryptionException} if the message was altered or cut off, or has another context;
 * {@link KeyNotFoundException}, {@link KeyStateException} or {@link AccessDeniedException} if no recipient's key can be
 * used; {@link ProviderException} if its provider is out of reach. No byte of plaintext is released before its
 * authentication tag is verified.
 */
public interface EnvelopeDecryptor {
    /** The most threads that work on one message. */
    int MAX_THREADS = 256;

    /**
     * Decrypts a message in memory.
     *
     * @return the plaintext; nothing is released unless the whole message is authentic
     */
    byte[] decrypt(byte[] message, EncryptionContext context);

    /**
     * Decrypts a message of {@code length} bytes into the caller's array, where the plaintext must not lie over the message. If this
     * throws, the array holds nothing of the plaintext; where it would have been, there may be zeros.
     *
     * @return the length of the plaintext in bytes
     * @throws IndexOutOfBoundsException if the range does not lie in its array, or the plaintext has no room in the other one, where
     *     nothing is written then; {@link #plaintextBytes} says how much it needs
     * @throws IllegalArgumentException if the message lies where the plaintext would
     */
    int decrypt(
            byte[] message, int offset, int length, byte[] plaintext, int plaintextOffset, EncryptionContext context);

    /**
     * Returns the length of the plaintext that a message claims to hold, less than that of the message. Nothing of it is authentic until
     * the message is decrypted.
     *
     * @throws DecryptionException if this is not a message
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     */
    int plaintextBytes(byte[] message, int offset, int length);

    /**
     * Decrypts a message of any length in bounded memory.
     *
     * <p>Plaintext is written frame by frame as its tags are verified; if this throws, what was written is an authentic
     * beginning of the plaintext, and no more. Neither stream is closed.
     *
     * @return the length of the plaintext in bytes
     * @throws IOException if a stream throws it
     */
    long decrypt(InputStream message, OutputStream plaintext, EncryptionContext context) throws IOException;

    /**
     * Returns a stream of the plaintext of a message of any length, in bounded memory.
     *
     * <p>The header is read at once. A read throws {@link DecryptionException} where the message stops being authentic;
     * a message that was cut off throws at its end, and on {@code close} if it was read up to there. To close the stream
     * before its end is no error. Closing it closes {@code message}. The stream belongs to one thread at a time.
     *
     * @throws IOException if {@code message} throws it
     */
    InputStream decrypting(InputStream message, EncryptionContext context) throws IOException;

    /**
     * Returns a channel over the plaintext of a message, of which any range can be read without the rest. The message is
     * everything that {@code message} holds, from its position 0 on.
     *
     * <p>The header is read at once, and then the frames that are asked for; of those, one is remembered. A read returns only bytes
     * whose frame is authentic, and throws {@link DecryptionException} where one is not; a read that throws has read nothing. That a
     * message was cut off, or added to, is noticed by {@code size()} and by a read that meets the end, both of which verify the
     * final frame; a range that was read before is authentic nevertheless. The channel is read-only. Closing it closes {@code message},
     * which must not be used meanwhile. It belongs to one thread at a time.
     *
     * @throws InvalidRequestException if the message has a signature or no frames: such messages, which only other programs
     *     write, can be decrypted as a whole only
     * @throws IOException if {@code message} throws it
     */
    SeekableByteChannel decrypting(SeekableByteChannel message, EncryptionContext context) throws IOException;

    /**
     * Returns a channel over the plaintext of the message in a file; otherwise as {@link #decrypting(SeekableByteChannel,
     * EncryptionContext)}.
     *
     * @throws IOException if the file cannot be read
     */
    SeekableByteChannel decrypting(Path message, EncryptionContext context) throws IOException;

    /**
     * Decrypts a file into another one, which appears only when the whole message is authentic and on the disk, and is
     * readable by its owner only.
     *
     * @param message the file to read
     * @param plaintext the file to write, on a file system that can rename files
     * @return the length of the plaintext in bytes
     * @throws java.nio.file.FileAlreadyExistsException if {@code plaintext} exists and the options do not allow to
     *     replace it
     * @throws java.util.concurrent.CancellationException if the options' listener cancelled it
     * @throws IOException if a file cannot be read or written; then no file is left behind
     */
    long decrypt(Path message, Path plaintext, EncryptionContext context, FileOptions options) throws IOException;

    /** Decrypts a file with the {@linkplain FileOptions#standard() standard} options. */
    default long decrypt(Path message, Path plaintext, EncryptionContext context) throws IOException {
        return decrypt(message, plaintext, context, FileOptions.standard());
    }

    /**
     * Returns this with the work on large messages shared by several threads: the calling one, and helpers that the executor
     * runs. Results are the same, byte for byte.
     *
     * <p>Messages in memory and files are cut into pieces of 256 KiB that any thread may take. Of a stream, at most two such pieces
     * for each thread are in memory; the calling thread reads, reading ahead, and writes. A frame of a foreign message that is longer
     * counts as a piece. Shorter messages, and channels, are not shared. A file has the length that it had at the beginning of the call.
     *
     * <p>The executor may have fewer threads than asked for, run a helper in the calling thread, or refuse it: then the calling
     * thread does more of the work. When a call returns or throws, no helper works for it any more.
     *
     * @param threads how many threads work on one message at most, the calling one included; 1 to {@value
     *     EnvelopeDecryptor#MAX_THREADS}
     * @throws IllegalArgumentException if there are fewer or more threads
     */
    EnvelopeDecryptor inParallel(Executor executor, int threads);

    /**
     * Returns this with the work on large messages shared by the calling thread and helpers that are started for one call and
     * end with it; otherwise as {@link #inParallel(Executor, int)}.
     *
     * @param threads how many threads work on one message at most, the calling one included; 1 to {@value
     *     EnvelopeDecryptor#MAX_THREADS}
     * @throws IllegalArgumentException if there are fewer or more threads
     */
    EnvelopeDecryptor inParallel(int threads);

    /**
     * Encrypts and decrypts 8 MiB of nothing, so that the JVM compiles the code behind AES messages before the first one needs it:
     * some hundred milliseconds of processor time, of the calling thread and of the compiler's. The second time it does
     * next to nothing.
     *
     * <p>Nobody has to call this: the first messages of a JVM do the same, and cost that much more. It is for programs that can
     * choose the moment, for example while they start.
     */
    void warmUp();
}
