package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An SM2 ciphertext as callers see it, the DER of GB/T 35276: {@code SEQUENCE { x INTEGER, y INTEGER, C3 OCTET STRING, C2
 * OCTET STRING }}; and as providers see it, {@code 04 || x || y || C3 || C2}.
 */
final class Sm2Ciphertext {
    private static final int COORDINATE_BYTES = 32;
    private static final int HASH_BYTES = 32;
    static final int HEAD_BYTES = 1 + 2 * COORDINATE_BYTES + HASH_BYTES;
    private static final byte UNCOMPRESSED = 4;

    private Sm2Ciphertext() {}

    /**
     * Returns the form that providers take.
     *
     * @throws DecryptionException if the bytes are longer than an SM2 ciphertext may be, not this DER, or C1 is no point
     *     of the curve
     */
    static byte[] parse(byte[] der) {
        // PKE-2: the length first
        if (der.length > DecryptionCmk.MAX_SM2_CIPHERTEXT_BYTES) {
            throw DecryptionException.ofKeyPair();
        }
        try {
            DerReader in = DerReader.ofSequence(der);
            CurvePoint point = new CurvePoint(in.integer(), in.integer());
            byte[] hash = in.octets();
            byte[] encrypted = in.octets();
            in.requireEnd();
            if (!Curve.SM2.holds(point) || hash.length != HASH_BYTES || encrypted.length == 0) {
                throw DecryptionException.ofKeyPair();
            }
            return ByteBuffer.allocate(HEAD_BYTES + encrypted.length)
                    .put(UNCOMPRESSED)
                    .put(FixedLength.of(point.x(), COORDINATE_BYTES))
                    .put(FixedLength.of(point.y(), COORDINATE_BYTES))
                    .put(hash)
                    .put(encrypted)
                    .array();
        } catch (NotDerException e) {
            throw DecryptionException.ofKeyPair();
        }
    }

    /** Returns the DER of what a provider made. */
    static byte[] encode(byte[] fromProvider) {
        if (fromProvider.length <= HEAD_BYTES || fromProvider[0] != UNCOMPRESSED) {
            throw ProviderException.permanent(
                    "provider returned " + fromProvider.length + " bytes that are no SM2 ciphertext", null);
        }
        int y = 1 + COORDINATE_BYTES;
        int hash = y + COORDINATE_BYTES;
        return Der.sequence(
                Der.integer(new BigInteger(1, Arrays.copyOfRange(fromProvider, 1, y))),
                Der.integer(new BigInteger(1, Arrays.copyOfRange(fromProvider, y, hash))),
                Der.octets(Arrays.copyOfRange(fromProvider, hash, HEAD_BYTES)),
                Der.octets(Arrays.copyOfRange(fromProvider, HEAD_BYTES, fromProvider.length)));
    }
}
