package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.LimitExceededException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Begins messages: a fresh message id, derived keys, and a header that is written exactly once.
 *
 * <p>ENV-13: the header's tag is made with a nonce of zero. A second header for the same data key and message id would give
 * away the authentication key of the message, so there is no method that changes a header: re-keying is a new
 * message. Thread-safe.
 */
final class MessageSealer {
    private static final String RESERVED_PREFIX = "aws-crypto-";

    private final AlgorithmSuite suite;
    private final FrameLayout layout;
    private final RandomGenerator random;

    /** A sealer whose message ids come from this generator, which has to be a secure one. */
    MessageSealer(AlgorithmSuite suite, FrameLayout layout, RandomGenerator random) {
        this.suite = suite;
        this.layout = layout;
        this.random = random;
    }

    /** Returns the sealer of what Keycask writes with this suite. */
    static MessageSealer standard(AlgorithmSuite suite) {
        return new MessageSealer(suite, new FrameLayout(FrameLayout.STANDARD_FRAME_LENGTH), new SecureRandom());
    }

    /** Returns this sealer with another suite. */
    MessageSealer with(AlgorithmSuite other) {
        return new MessageSealer(other, layout, random);
    }

    /** Returns the suite of the messages. */
    AlgorithmSuite suite() {
        return suite;
    }

    /** Returns how many bytes of plaintext a regular frame holds. */
    int frameLength() {
        return layout.frameLength();
    }

    /** Begins a message whose length is not known yet. */
    NewMessage begin(KeyIssuer keys, EncryptionContext context) {
        return issue(keys, DataKeySource.UNKNOWN_LENGTH, context);
    }

    /**
     * Begins a message of a plaintext of this length.
     *
     * @throws LimitExceededException if no message can hold that much
     */
    NewMessage begin(KeyIssuer keys, long plaintextBytes, EncryptionContext context) {
        requireFrames(plaintextBytes);
        return issue(keys, plaintextBytes, context);
    }

    private NewMessage issue(KeyIssuer keys, long plaintextBytes, EncryptionContext context) {
        requireNoReservedName(context);
        return keys.issue(
                suite.keyBytes(), context, plaintextBytes, (dataKey, entries) -> begin(dataKey, entries, context));
    }

    private NewMessage begin(byte[] dataKey, List<EncryptedDataKey> entries, EncryptionContext context) {
        byte[] messageId = new byte[MessageHeader.MESSAGE_ID_BYTES];
        random.nextBytes(messageId); // ENV-9
        try (DerivedKeys derived = DerivedKeys.of(suite, dataKey, messageId)) {
            byte[] header =
                    MessageHeader.write(suite, messageId, context, entries, layout.frameLength(), derived.commitment());
            byte[] tagged = Arrays.copyOf(header, header.length + FrameAead.TAG_BYTES);
            FrameCipher cipher = new FrameCipher(derived.aead(), messageId);
            cipher.sealHeader(header, tagged, header.length);
            return new NewMessage(tagged, cipher, layout);
        }
    }

    /** Returns the length of a message, its header included; the longest, if the keys of the recipients leave it open. */
    long messageBytes(KeyIssuer keys, long plaintextBytes, EncryptionContext context) {
        requireFrames(plaintextBytes);
        int header = MessageHeader.bytes(context.toBytes().length, keys.entriesBytes(suite));
        return header + layout.bodyBytes(plaintextBytes);
    }

    /** Encrypts a message in memory into an array of its exact length. */
    byte[] seal(KeyIssuer keys, byte[] plaintext, EncryptionContext context, Parallelism parallelism) {
        try (NewMessage message = begin(keys, plaintext.length, context)) {
            byte[] header = message.header();
            byte[] out = Arrays.copyOf(header, arrayLength(header.length + layout.bodyBytes(plaintext.length)));
            ArrayFrames.seal(message, plaintext, 0, plaintext.length, out, header.length, parallelism);
            return out;
        }
    }

    /** Encrypts a message in memory into the caller's array and returns its length. */
    int seal(
            KeyIssuer keys,
            byte[] in,
            int offset,
            int length,
            byte[] out,
            int outOffset,
            EncryptionContext context,
            Parallelism parallelism) {
        try (NewMessage message = begin(keys, length, context)) {
            byte[] header = message.header();
            int size = arrayLength(header.length + layout.bodyBytes(length));
            ArrayFrames.requireRoom(in, offset, length, out, outOffset, size);
            System.arraycopy(header, 0, out, outOffset, header.length);
            ArrayFrames.seal(message, in, offset, length, out, outOffset + header.length, parallelism);
            return size;
        }
    }

    private void requireFrames(long plaintextBytes) {
        if (layout.regularFrames(plaintextBytes) >= FrameLayout.MAX_SEQUENCE) { // ENV-17
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "message would have more than " + FrameLayout.MAX_SEQUENCE + " frames");
        }
    }

    // A JVM's arrays may end a few bytes before the largest int.
    private static int arrayLength(long length) {
        if (length > Integer.MAX_VALUE - 8) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "message would be " + length + " bytes; an array has at most " + (Integer.MAX_VALUE - 8));
        }
        return (int) length;
    }

    // CTX-5. Only a context that was parsed from bytes can hold one.
    private static void requireNoReservedName(EncryptionContext context) {
        if (context.pairs().keySet().stream().anyMatch(name -> name.startsWith(RESERVED_PREFIX))) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "encryption context: names that begin with " + RESERVED_PREFIX + " are reserved");
        }
    }
}
