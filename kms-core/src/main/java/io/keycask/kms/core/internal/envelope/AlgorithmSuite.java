package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.crypto.Hkdf;
import java.util.List;

/**
 * The algorithm suites of envelope messages: how keys are derived, and what protects the frames.
 *
 * <p>A further suite is one more constant: nothing outside this type depends on which one a message uses. All of them
 * have 96-bit nonces, 128-bit tags, a 32-byte message id and a 32-byte key commitment.
 */
enum AlgorithmSuite {
    /** AES-256-GCM, HKDF-SHA512, key commitment. */
    AES_256_GCM(0x0478, 32, false) {
        @Override
        FrameAead aead(byte[] messageKey) {
            return AesGcm.of(messageKey);
        }
    },
    /** The same, and the whole message is signed with ECDSA over P-384 and SHA-384. Is read, never written. */
    AES_256_GCM_P384(0x0578, 32, true) {
        @Override
        FrameAead aead(byte[] messageKey) {
            return AesGcm.of(messageKey);
        }
    },
    /** SM4-GCM, HKDF-SM3, key commitment. An identifier of our own, which no other program knows. */
    SM4_GCM(0xf178, 16, false) {
        @Override
        Hkdf hkdf() {
            return Hkdf.SM3;
        }

        @Override
        FrameAead aead(byte[] messageKey) {
            return Sm4Frames.of(messageKey);
        }
    };

    private final int id;
    private final int keyBytes;
    private final boolean signed;

    AlgorithmSuite(int id, int keyBytes, boolean signed) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.signed = signed;
    }

    /** Returns the suite of this 16-bit identifier. */
    static AlgorithmSuite of(int id) {
        for (AlgorithmSuite suite : values()) {
            if (suite.id == id) {
                return suite;
            }
        }
        throw new DecryptionException(); // ENV-2
    }

    /** Returns the suite of what is written for customer master keys of this spec. */
    static AlgorithmSuite of(KeySpec spec) {
        return spec.equals(KeySpec.SM4) ? SM4_GCM : AES_256_GCM;
    }

    /**
     * Returns the suite of what is written under a data key that comes from elsewhere.
     *
     * @throws InvalidRequestException if no suite has data keys of this length
     */
    static AlgorithmSuite ofKeyBytes(int keyBytes) {
        for (AlgorithmSuite suite : List.of(AES_256_GCM, SM4_GCM)) {
            if (suite.keyBytes == keyBytes) {
                return suite;
            }
        }
        throw new InvalidRequestException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "data key is " + keyBytes + " bytes; messages need " + AES_256_GCM.keyBytes + ", or " + SM4_GCM.keyBytes
                        + " for SM4");
    }

    /** Returns the 16-bit identifier that stands in the header. */
    int id() {
        return id;
    }

    /** Returns the length of a data key, and of the key derived from it for one message. */
    int keyBytes() {
        return keyBytes;
    }

    /** Returns the spec of the customer master keys that wrap its data keys. */
    KeySpec spec() {
        return this == SM4_GCM ? KeySpec.SM4 : KeySpec.AES_256;
    }

    /** Returns whether a signature follows the body. */
    boolean isSigned() {
        return signed;
    }

    /** Returns the function that derives the keys of a message. */
    Hkdf hkdf() {
        return Hkdf.SHA512;
    }

    /** Returns the cipher of one message. */
    abstract FrameAead aead(byte[] messageKey);
}
