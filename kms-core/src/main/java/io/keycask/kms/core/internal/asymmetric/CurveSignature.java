package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.ProviderException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The two numbers of a signature on a curve, each at least 1 and below the order (SIG-2). */
record CurveSignature(BigInteger r, BigInteger s) {
    /** Returns the signature that these bytes are, if they are one exactly as {@link #toDer} writes it (SIG-1). */
    static Optional<CurveSignature> parse(byte[] der, Curve curve) {
        try {
            DerReader in = DerReader.ofSequence(der);
            CurveSignature signature = new CurveSignature(in.integer(), in.integer());
            in.requireEnd();
            return Optional.of(signature).filter(parsed -> parsed.isInRange(curve));
        } catch (NotDerException e) {
            return Optional.empty();
        }
    }

    /** Returns the signature that a provider made. */
    static CurveSignature ofProvider(byte[] rs, Curve curve) {
        int size = curve.sizeBytes();
        CurveSignature signature = new CurveSignature(
                new BigInteger(1, Arrays.copyOf(rs, size)),
                new BigInteger(1, Arrays.copyOfRange(rs, Math.min(size, rs.length), Math.max(size, rs.length))));
        if (rs.length != 2 * size || !signature.isInRange(curve)) {
            throw ProviderException.permanent("provider returned " + rs.length + " bytes that are no signature", null);
        }
        return signature;
    }

    private boolean isInRange(Curve curve) {
        return r.signum() > 0 && s.signum() > 0 && r.compareTo(curve.order()) < 0 && s.compareTo(curve.order()) < 0;
    }

    byte[] toDer() {
        return Der.sequence(Der.integer(r), Der.integer(s));
    }

    /** Returns {@code r || s}, each as long as the order. */
    byte[] toFixed(Curve curve) {
        return ByteBuffer.allocate(2 * curve.sizeBytes())
                .put(FixedLength.of(r, curve.sizeBytes()))
                .put(FixedLength.of(s, curve.sizeBytes()))
                .array();
    }
}
