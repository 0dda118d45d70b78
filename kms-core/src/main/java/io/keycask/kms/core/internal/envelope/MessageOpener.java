package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
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
}
