package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.KeySpec;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key on a curve: a point that is on it.
 *
 * <p>All curves have prime order, so a point that fulfils the equation needs no further check. Immutable.
 */
record CurveKey(Curve curve, CurvePoint point) implements PublicHalf {
    /** The SubjectPublicKeyInfo of each curve (RFC 5480; GM/T 0010 for SM2) up to the coordinates of the point. */
    private enum Prefix {
        P256("3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
        P384("3076301006072a8648ce3d020106052b8104002203620004"),
        SM2("3059301306072a8648ce3d020106082a811ccf5501822d03420004");

        private final String hex;

        Prefix(String hex) {
            this.hex = hex;
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /** Returns the key that this DER is, if the spec is one of a curve and the point is on it. */
    static Optional<CurveKey> parse(KeySpec spec, byte[] der) {
        if (spec.equals(KeySpec.EC_P256)) {
            return parse(Curve.P256, Prefix.P256.bytes(), der);
        }
        if (spec.equals(KeySpec.EC_P384)) {
            return parse(Curve.P384, Prefix.P384.bytes(), der);
        }
        return spec.equals(KeySpec.SM2) ? parse(Curve.SM2, Prefix.SM2.bytes(), der) : Optional.empty();
    }

    private static Optional<CurveKey> parse(Curve curve, byte[] prefix, byte[] der) {
        int size = curve.sizeBytes();
        if (der.length != prefix.length + 2 * size || !Arrays.equals(prefix, Arrays.copyOf(der, prefix.length))) {
            return Optional.empty();
        }
        CurvePoint point = new CurvePoint(
                new BigInteger(1, Arrays.copyOfRange(der, prefix.length, prefix.length + size)),
                new BigInteger(1, Arrays.copyOfRange(der, prefix.length + size, der.length)));
        return curve.holds(point) ? Optional.of(new CurveKey(curve, point)) : Optional.empty();
    }
}
