package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens messages that were received: context, data key, commitment and header tag are checked in this order, then frames
 * may be decrypted.
 */
final class MessageOpener {
    private static final String RESERVED_PREFIX = "aws-crypto-";

    private MessageOpener() {}

    /** Returns the cipher of a message whose header is authentic and has the caller's context. */
    static FrameCipher open(MessageHeader header, KeyOpener keys, EncryptionContext context) {
        requireContext(header, context);
        return keys.open(header, dataKey -> open(header, dataKey));
    }

    private static FrameCipher open(MessageHeader header, byte[] dataKey) {
        AlgorithmSuite suite = header.suite();
        if (dataKey.length != suite.keyBytes()) {
            throw new DecryptionException();
        }
        try (DerivedKeys derived = DerivedKeys.of(suite, dataKey, header.messageId())) {
            derived.requireCommitment(header.commitment()); // ENV-12
            FrameCipher cipher = new FrameCipher(derived.aead(), header.messageId());
            boolean authentic = false;
            try {
                cipher.openHeader(header.bytes(), header.tag()); // ENV-14
                authentic = true;
            } finally {
                if (!authentic) {
                    cipher.close();
                }
            }
            return cipher;
        }
    }

    // ENV-8: the same pairs, the reserved ones of the message aside; and a public key if, and only if, it is signed.
    private static void requireContext(MessageHeader header, EncryptionContext context) {
        Map<String, String> pairs = new LinkedHashMap<>(header.context().pairs());
        boolean namesKey = pairs.containsKey(MessageSignature.PUBLIC_KEY_NAME);
        pairs.keySet().removeIf(name -> name.startsWith(RESERVED_PREFIX));
        boolean same = pairs.equals(context.pairs()) || header.context().equals(context);
        if (!same || namesKey != header.suite().isSigned()) {
            throw new DecryptionException();
        }
    }

    /** Decrypts a message in memory into an array of the exact length of its plaintext, all or nothing. */
    static byte[] open(byte[] message, KeyOpener keys, EncryptionContext context) {
        MessageHeader header = HeaderParser.parse(message);
        BodyExtent extent = BodyExtent.of(header, message); // before a key is used or memory is taken
        try (FrameCipher cipher = open(header, keys, context)) {
            return open(message, header, extent, cipher);
        }
    }

    /** Decrypts the body of a message in memory whose header is authentic. */
    static byte[] open(byte[] message, MessageHeader header, BodyExtent extent, FrameCipher cipher) {
        if (header.suite().isSigned()) {
            MessageSignature.verify(header, message, extent.end());
        }
        byte[] plaintext = new byte[extent.plaintextBytes()];
        boolean authentic = false;
        try {
            decrypt(message, header, extent, cipher, plaintext);
            authentic = true;
            return plaintext;
        } finally {
            if (!authentic) {
                Arrays.fill(plaintext, (byte) 0);
            }
        }
    }

    private static void decrypt(
            byte[] message, MessageHeader header, BodyExtent extent, FrameCipher cipher, byte[] plaintext) {
        int last = extent.lastOffset();
        int length = extent.lastLength();
        int to = plaintext.length - length;
        if (!header.isFramed()) {
            cipher.openUnframed(message, last, last + BodyExtent.UNFRAMED_PREFIX_BYTES, length, plaintext, to);
            return;
        }
        FrameLayout layout = new FrameLayout(header.frameLength());
        int frameLength = layout.frameLength();
        for (int i = 0; i < extent.regularFrames(); i++) {
            int at = header.size() + i * layout.regularFrameBytes();
            int content = at + FrameLayout.REGULAR_PREFIX_BYTES;
            cipher.openRegular(i + 1, message, at + Integer.BYTES, content, frameLength, plaintext, i * frameLength);
        }
        int content = last + FrameLayout.FINAL_PREFIX_BYTES;
        cipher.openFinal(extent.regularFrames() + 1, message, last + 2 * Integer.BYTES, content, length, plaintext, to);
    }
}
