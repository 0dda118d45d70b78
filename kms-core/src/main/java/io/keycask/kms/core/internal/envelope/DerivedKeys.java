package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The key that protects one message, and the commitment of the message to its data key.
 *
 * <p>Both come from the data key by HKDF with the message id as salt; the message key under the suite's id and the label
 * {@code DERIVEKEY}, the commitment under the label {@code COMMITKEY} (docs/formats.md §4.2). Without the commitment a
 * message could be made that decrypts to different plaintexts under different data keys.
 */
final class DerivedKeys implements AutoCloseable {
    static final int COMMITMENT_BYTES = 32;

    private static final byte[] COMMIT_LABEL = "COMMITKEY".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DERIVE_LABEL = "DERIVEKEY".getBytes(StandardCharsets.UTF_8);

    private final AlgorithmSuite suite;
    private final byte[] messageKey;
    private final byte[] commitment;

    private DerivedKeys(AlgorithmSuite suite, byte[] messageKey, byte[] commitment) {
        this.suite = suite;
        this.messageKey = messageKey;
        this.commitment = commitment;
    }

    /** Derives the keys of one message. */
    static DerivedKeys of(AlgorithmSuite suite, byte[] dataKey, byte[] messageId) {
        byte[] info = new byte[Short.BYTES + DERIVE_LABEL.length];
        info[0] = (byte) (suite.id() >>> Byte.SIZE);
        info[1] = (byte) suite.id();
        System.arraycopy(DERIVE_LABEL, 0, info, Short.BYTES, DERIVE_LABEL.length);
        try (Hkdf.Prk prk = suite.hkdf().extract(messageId, dataKey)) {
            return new DerivedKeys(
                    suite, prk.expand(info, suite.keyBytes()), prk.expand(COMMIT_LABEL, COMMITMENT_BYTES));
        }
    }

    /** Returns the commitment that stands in the header. It is not secret. */
    byte[] commitment() {
        return commitment;
    }

    /** ENV-12: a commitment to another data key ends the work before anything is decrypted. */
    void requireCommitment(byte[] expected) {
        if (!MessageDigest.isEqual(commitment, expected)) {
            throw new DecryptionException();
        }
    }

    /** Returns the cipher of the message, which has a copy of the key. */
    FrameAead aead() {
        return suite.aead(messageKey);
    }

    @Override
    public void close() {
        Arrays.fill(messageKey, (byte) 0);
    }
}
