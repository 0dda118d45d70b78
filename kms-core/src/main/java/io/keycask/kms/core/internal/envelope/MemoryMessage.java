package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import java.util.Arrays;

/** A message that was received in memory, in a part of an array that is the caller's and does not change meanwhile. */
final class MemoryMessage {
    private final byte[] array;
    private final int offset;
    private final int end;
    private final MessageHeader header;
    private final BodyExtent extent;

    private MemoryMessage(byte[] array, int offset, int end, MessageHeader header) {
        this.array = array;
        this.offset = offset;
        this.end = end;
        this.header = header;
        this.extent = BodyExtent.of(header, array, offset + header.size(), end);
    }

    /**
     * Returns the message in this part of the array, of which nothing is authentic yet.
     *
     * @throws io.keycask.kms.DecryptionException if there is none
     */
    static MemoryMessage parse(byte[] array, int offset, int length) {
        return new MemoryMessage(array, offset, offset + length, HeaderParser.parse(array, offset, length));
    }

    /** Returns the message in the whole array, which has this header. */
    static MemoryMessage of(byte[] array, MessageHeader header) {
        return new MemoryMessage(array, 0, array.length, header);
    }

    int plaintextBytes() {
        return extent.plaintextBytes();
    }

    /** Decrypts it; all or nothing is written. */
    void open(KeyOpener keys, EncryptionContext context, byte[] out, int outOffset, Parallelism parallelism) {
        try (FrameCipher cipher = MessageOpener.open(header, keys, context)) {
            open(cipher, out, outOffset, parallelism);
        }
    }

    /** Decrypts its body, now that the header is authentic; all or nothing is written. */
    void open(FrameCipher cipher, byte[] out, int outOffset, Parallelism parallelism) {
        if (header.suite().isSigned()) {
            MessageSignature.verify(header, array, offset, extent.end(), end);
        }
        boolean authentic = false;
        try {
            decrypt(cipher, out, outOffset, parallelism);
            authentic = true;
        } finally {
            if (!authentic) {
                Arrays.fill(out, outOffset, outOffset + extent.plaintextBytes(), (byte) 0);
            }
        }
    }

    private void decrypt(FrameCipher cipher, byte[] out, int outOffset, Parallelism parallelism) {
        if (header.isFramed()) {
            ArrayFrames.open(cipher, new FrameLayout(header.frameLength()), extent, array, out, outOffset, parallelism);
        } else {
            int nonce = extent.start();
            int content = nonce + BodyExtent.UNFRAMED_PREFIX_BYTES;
            cipher.openUnframed(array, nonce, content, extent.lastLength(), out, outOffset);
        }
    }
}
