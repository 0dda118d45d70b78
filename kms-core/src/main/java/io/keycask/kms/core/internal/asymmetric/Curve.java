package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A curve y² = x³ - 3x + b over a prime field whose points are a group of prime order.
 *
 * <p>The arithmetic takes as long as the values make it take, so it is for public values only. Immutable.
 */
final class Curve {
    /*
     * Jacobian coordinates (X, Y, Z) stand for the affine point (X/Z², Y/Z³); Z = 0 is the point at infinity. The formulas
     * are those of Hankerson, Menezes and Vanstone, "Guide to Elliptic Curve Cryptography", 3.2.2, with the cases of equal
     * and of opposite points asked for, because a signature can be made to meet them.
     */

    /** P-256, NIST SP 800-186 §3.2.1.3. */
    static final Curve P256 = new Curve(
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

    /** P-384, NIST SP 800-186 §3.2.1.4. */
    static final Curve P384 = new Curve(
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f");

    /** The curve of SM2, GB/T 32918.5. */
    static final Curve SM2 = new Curve(
            "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff",
            "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93",
            "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
            "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7",
            "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");

    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final Jacobian INFINITY = new Jacobian(BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    private final BigInteger p;
    private final BigInteger b;
    private final BigInteger n;
    private final CurvePoint generator;

    private Curve(String p, String b, String n, String x, String y) {
        this.p = new BigInteger(p, 16);
        this.b = new BigInteger(b, 16);
        this.n = new BigInteger(n, 16);
        this.generator = new CurvePoint(new BigInteger(x, 16), new BigInteger(y, 16));
    }

    private record Jacobian(BigInteger x, BigInteger y, BigInteger z) {}

    /** Returns the coefficient a, which is p - 3. */
    BigInteger a() {
        return p.subtract(THREE);
    }

    BigInteger b() {
        return b;
    }

    /** Returns the number of points. */
    BigInteger order() {
        return n;
    }

    CurvePoint generator() {
        return generator;
    }

    /** Returns the length of a coordinate, and of a number below the order, in bytes. */
    int sizeBytes() {
        return (p.bitLength() + 7) / 8;
    }

    /** Returns whether the coordinates are in range and fulfil the equation. */
    boolean holds(CurvePoint point) {
        BigInteger x = point.x();
        BigInteger y = point.y();
        return isInField(x)
                && isInField(y)
                && y.multiply(y)
                                .subtract(x.multiply(x)
                                        .subtract(THREE)
                                        .multiply(x)
                                        .add(b))
                                .mod(p)
                                .signum()
                        == 0;
    }

    private boolean isInField(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }

    /**
     * Returns the x-coordinate of {@code u G + v Q}, or nothing for the point at infinity.
     *
     * @param u at least 0, below the order
     * @param v at least 0, below the order
     */
    Optional<BigInteger> xOfSum(BigInteger u, BigInteger v, CurvePoint q) {
        Jacobian first = new Jacobian(generator.x(), generator.y(), BigInteger.ONE);
        Jacobian second = new Jacobian(q.x(), q.y(), BigInteger.ONE);
        Jacobian both = add(first, second);
        Jacobian sum = INFINITY;
        for (int bit = n.bitLength() - 1; bit >= 0; bit--) {
            sum = twice(sum);
            if (u.testBit(bit) && v.testBit(bit)) {
                sum = add(sum, both);
            } else if (u.testBit(bit)) {
                sum = add(sum, first);
            } else if (v.testBit(bit)) {
                sum = add(sum, second);
            }
        }
        return sum.z.signum() == 0
                ? Optional.empty()
                : Optional.of(mod(sum.x.multiply(square(sum.z).modInverse(p))));
    }

    private Jacobian twice(Jacobian point) {
        if (point.z.signum() == 0 || point.y.signum() == 0) {
            return INFINITY;
        }
        BigInteger zz = square(point.z);
        BigInteger m = mod(point.x.subtract(zz).multiply(point.x.add(zz)).multiply(THREE));
        BigInteger yy = square(point.y);
        BigInteger s = mod(point.x.multiply(yy).shiftLeft(2));
        BigInteger x = mod(m.multiply(m).subtract(s.shiftLeft(1)));
        BigInteger y = mod(m.multiply(s.subtract(x)).subtract(square(yy).shiftLeft(3)));
        return new Jacobian(x, y, mod(point.y.multiply(point.z).shiftLeft(1)));
    }

    private Jacobian add(Jacobian one, Jacobian other) {
        if (one.z.signum() == 0) {
            return other;
        }
        if (other.z.signum() == 0) {
            return one;
        }
        BigInteger zz1 = square(one.z);
        BigInteger zz2 = square(other.z);
        BigInteger u1 = mod(one.x.multiply(zz2));
        BigInteger s1 = mod(one.y.multiply(zz2).multiply(other.z));
        BigInteger h = mod(other.x.multiply(zz1).subtract(u1));
        BigInteger r = mod(other.y.multiply(zz1).multiply(one.z).subtract(s1));
        if (h.signum() == 0) {
            return r.signum() == 0 ? twice(one) : INFINITY;
        }
        BigInteger hh = square(h);
        BigInteger hhh = mod(hh.multiply(h));
        BigInteger v = mod(u1.multiply(hh));
        BigInteger x = mod(r.multiply(r).subtract(hhh).subtract(v.shiftLeft(1)));
        BigInteger y = mod(r.multiply(v.subtract(x)).subtract(s1.multiply(hhh)));
        return new Jacobian(x, y, mod(one.z.multiply(other.z).multiply(h)));
    }

    private BigInteger square(BigInteger value) {
        return mod(value.multiply(value));
    }

    private BigInteger mod(BigInteger value) {
        return value.mod(p);
    }
}
