package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the header of a message, and not one byte beyond.
 *
 * <p>Nothing in it is authentic yet: every length is checked against its cap before memory is taken for it, and the whole
 * header against {@link MessageHeader#MAX_BYTES}.
 */
final class HeaderParser {
    private static final int FIRST_BYTES = 512;

    private final InputStream in;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    private HeaderParser(InputStream in) {
        this.in = in;
    }

    /** Reads the header at the start of a message in memory. */
    static MessageHeader parse(byte[] message) {
        return parse(message, 0, message.length);
    }

    /** Reads the header at the start of a message of this many bytes. */
    static MessageHeader parse(byte[] message, int offset, int length) {
        try {
            return read(new ByteArrayInputStream(message, offset, length));
        } catch (IOException e) {
            throw new AssertionError("an array does not fail", e);
        }
    }

    /**
     * Reads the header at the start of a stream.
     *
     * @throws DecryptionException if there is none that we read
     * @throws IOException if the stream throws it
     */
    static MessageHeader read(InputStream in) throws IOException {
        return new HeaderParser(in).read();
    }

    private MessageHeader read() throws IOException {
        require(unsignedByte() == MessageHeader.VERSION); // ENV-1
        AlgorithmSuite suite = AlgorithmSuite.of(unsignedShort());
        byte[] messageId = field(MessageHeader.MESSAGE_ID_BYTES);
        EncryptionContext context = context();
        List<EncryptedDataKey> dataKeys = dataKeys();
        int contentType = unsignedByte();
        int frameLength = frameLength(contentType);
        byte[] commitment = field(DerivedKeys.COMMITMENT_BYTES);
        byte[] authenticated = Arrays.copyOf(bytes, size);
        byte[] tag = field(FrameAead.TAG_BYTES);
        return new MessageHeader(suite, messageId, context, dataKeys, frameLength, commitment, authenticated, tag);
    }

    private EncryptionContext context() throws IOException {
        int length = unsignedShort();
        require(length <= EncryptionContext.MAX_BYTES); // CTX-3
        return ContextField.parse(field(length));
    }

    private List<EncryptedDataKey> dataKeys() throws IOException {
        int count = unsignedShort();
        require(count >= 1 && count <= EnvelopeCipher.MAX_RECIPIENTS); // ENV-3
        List<EncryptedDataKey> dataKeys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dataKeys.add(new EncryptedDataKey(field(unsignedShort()), field(unsignedShort()), field(unsignedShort())));
        }
        return dataKeys;
    }

    private int frameLength(int contentType) throws IOException {
        int at = advance(Integer.BYTES);
        int length = BigEndian.signedInt(bytes, at);
        if (contentType == MessageHeader.UNFRAMED) {
            require(length == 0); // ENV-6
        } else {
            require(contentType == MessageHeader.FRAMED); // ENV-6
            require(length > 0 && length <= FrameLayout.MAX_FRAME_LENGTH); // ENV-5
        }
        return length;
    }

    private int unsignedByte() throws IOException {
        int at = advance(1);
        return Byte.toUnsignedInt(bytes[at]);
    }

    private int unsignedShort() throws IOException {
        int at = advance(Short.BYTES);
        return BigEndian.unsignedShort(bytes, at);
    }

    private byte[] field(int length) throws IOException {
        int at = advance(length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** Reads this many more bytes and returns where they start. */
    private int advance(int length) throws IOException {
        require(length <= MessageHeader.MAX_BYTES - size); // ENV-4: before memory is taken
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MessageHeader.MAX_BYTES, Math.max(2 * bytes.length, size + length)));
        }
        require(in.readNBytes(bytes, size, length) == length);
        int at = size;
        size += length;
        return at;
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new DecryptionException();
        }
    }
}
