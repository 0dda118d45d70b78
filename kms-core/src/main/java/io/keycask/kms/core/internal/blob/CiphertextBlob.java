package io.keycask.kms.core.internal.blob;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * The parts of a ciphertext under a customer master key.
 *
 * <p>{@code docs/formats.md} §3: format (1), suite (1), key id (16), version id (8), nonce, ciphertext, tag.
 *
 * @param version the key version that it is under
 * @param sealed what its provider made
 */
public record CiphertextBlob(KeyVersionRef version, Sealed sealed) {
    static final byte FORMAT = 1;
    private static final List<CiphertextSuite> SUITES = List.of(CiphertextSuite.values());
    private static final int KEY_ID_BYTES = 16;
    private static final int HEADER_BYTES = 2 + KEY_ID_BYTES + Long.BYTES;

    /**
     * Returns the parts of a ciphertext.
     *
     * @throws DecryptionException if it does not parse
     */
    public static CiphertextBlob parse(Ciphertext ciphertext) {
        ByteBuffer in = ByteBuffer.wrap(ciphertext.toBytes());
        CiphertextSuite suite = suite(in);
        KeyVersionRef version = version(in);
        byte[] nonce = new byte[suite.nonceBytes()];
        in.get(nonce);
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return new CiphertextBlob(version, Sealed.of(suite, nonce, rest));
    }

    /**
     * Returns the key version that a ciphertext names.
     *
     * @throws DecryptionException if it does not parse
     */
    static KeyVersionRef versionOf(Ciphertext ciphertext) {
        ByteBuffer in = ByteBuffer.wrap(ciphertext.toBytes());
        suite(in);
        return version(in);
    }

    /** Reads format and suite, and checks the length. */
    private static CiphertextSuite suite(ByteBuffer in) {
        int length = in.remaining();
        if (length < HEADER_BYTES || in.get() != FORMAT) { // BLOB-1, BLOB-2
            throw new DecryptionException();
        }
        CiphertextSuite suite = suite(Byte.toUnsignedInt(in.get()));
        if (length < HEADER_BYTES + suite.nonceBytes() + suite.tagBytes()) { // BLOB-4
            throw new DecryptionException();
        }
        return suite;
    }

    private static CiphertextSuite suite(int id) {
        for (CiphertextSuite suite : SUITES) {
            if (suite.id() == id) {
                return suite;
            }
        }
        throw new DecryptionException(); // BLOB-3
    }

    private static KeyVersionRef version(ByteBuffer in) {
        KeyId keyId = new KeyId(new UUID(in.getLong(), in.getLong()));
        return new KeyVersionRef(keyId, new KeyVersionId(in.getLong()));
    }

    /** Returns the length of a ciphertext of this many bytes of plaintext. */
    static int bytes(CiphertextSuite suite, int plaintextBytes) {
        return HEADER_BYTES + suite.nonceBytes() + plaintextBytes + suite.tagBytes();
    }

    /** Returns the ciphertext of these parts. */
    Ciphertext toCiphertext() {
        byte[] nonce = sealed.nonce();
        byte[] rest = sealed.ciphertextAndTag();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + nonce.length + rest.length);
        out.put(FORMAT).put((byte) sealed.suite().id());
        putVersion(out, version);
        return Ciphertext.copyOf(out.put(nonce).put(rest).array());
    }

    /** Returns what is authenticated together with the plaintext (BLOB-5): format, key id, version id, context. */
    static byte[] associatedData(KeyVersionRef version, EncryptionContext context) {
        byte[] pairs = context.toBytes();
        ByteBuffer out = ByteBuffer.allocate(1 + KEY_ID_BYTES + Long.BYTES + pairs.length);
        out.put(FORMAT);
        putVersion(out, version);
        return out.put(pairs).array();
    }

    private static void putVersion(ByteBuffer out, KeyVersionRef version) {
        UUID id = version.keyId().value();
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        out.putLong(version.versionId().value());
    }
}
