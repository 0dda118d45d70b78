package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.LimitExceededException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The header of a message: everything before the body, of which nothing is secret.
 *
 * <p>The layout is in docs/formats.md §4.1. {@link HeaderParser} reads one; the tag that closes it is verified later, by
 * {@link MessageOpener}, because it needs the data key.
 */
final class MessageHeader {
    static final int VERSION = 2;
    static final int MESSAGE_ID_BYTES = 32;

    /** The longest header, its tag included (ENV-4). */
    static final int MAX_BYTES = 64 * 1024;

    /** The content type of an unframed body. */
    static final int UNFRAMED = 1;

    /** The content type of a framed body. */
    static final int FRAMED = 2;

    private static final int FIXED_BYTES = 1 // version
            + Short.BYTES // suite
            + MESSAGE_ID_BYTES
            + Short.BYTES // length of the context
            + Short.BYTES // number of wrapped data keys
            + 1 // content type
            + Integer.BYTES // frame length
            + DerivedKeys.COMMITMENT_BYTES;

    private final AlgorithmSuite suite;
    private final byte[] messageId;
    private final EncryptionContext context;
    private final List<EncryptedDataKey> dataKeys;
    private final int frameLength;
    private final byte[] commitment;
    private final byte[] bytes;
    private final byte[] tag;

    /** Takes the arrays as they are; nobody changes them. */
    MessageHeader(
            AlgorithmSuite suite,
            byte[] messageId,
            EncryptionContext context,
            List<EncryptedDataKey> dataKeys,
            int frameLength,
            byte[] commitment,
            byte[] bytes,
            byte[] tag) {
        this.suite = suite;
        this.messageId = messageId;
        this.context = context;
        this.dataKeys = List.copyOf(dataKeys);
        this.frameLength = frameLength;
        this.commitment = commitment;
        this.bytes = bytes;
        this.tag = tag;
    }

    /** Returns a framed header without its tag. */
    static byte[] write(
            AlgorithmSuite suite,
            byte[] messageId,
            EncryptionContext context,
            List<EncryptedDataKey> dataKeys,
            int frameLength,
            byte[] commitment) {
        byte[] pairs = context.toBytes();
        long entriesBytes = dataKeys.stream().mapToLong(EncryptedDataKey::size).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes(pairs.length, entriesBytes) - FrameAead.TAG_BYTES);
        out.put((byte) VERSION).putShort((short) suite.id()).put(messageId);
        putShortPrefixed(out, pairs);
        out.putShort((short) dataKeys.size());
        for (EncryptedDataKey key : dataKeys) {
            putShortPrefixed(out, key.providerId());
            putShortPrefixed(out, key.providerInfo());
            putShortPrefixed(out, key.ciphertext());
        }
        return out.put((byte) FRAMED).putInt(frameLength).put(commitment).array();
    }

    /**
     * Returns the length of a header whose context and entries have these lengths, its tag included.
     *
     * @throws LimitExceededException if we would not read it (ENV-4)
     */
    static int bytes(int contextBytes, long entriesBytes) {
        long size = (long) FIXED_BYTES + contextBytes + entriesBytes + FrameAead.TAG_BYTES;
        if (size > MAX_BYTES) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "message header is " + size + " bytes; limit is " + MAX_BYTES);
        }
        return (int) size;
    }

    private static void putShortPrefixed(ByteBuffer out, byte[] field) {
        out.putShort((short) field.length).put(field);
    }

    AlgorithmSuite suite() {
        return suite;
    }

    byte[] messageId() {
        return messageId;
    }

    /** Returns all pairs, the reserved ones included. */
    EncryptionContext context() {
        return context;
    }

    List<EncryptedDataKey> dataKeys() {
        return dataKeys;
    }

    boolean isFramed() {
        return frameLength > 0;
    }

    /** Returns the length of the plaintext of a regular frame; 0 if the body is unframed. */
    int frameLength() {
        return frameLength;
    }

    byte[] commitment() {
        return commitment;
    }

    /** Returns what the tag authenticates. */
    byte[] bytes() {
        return bytes;
    }

    byte[] tag() {
        return tag;
    }

    /** Returns the length of the whole header, after which the body starts. */
    int size() {
        return bytes.length + tag.length;
    }
}
