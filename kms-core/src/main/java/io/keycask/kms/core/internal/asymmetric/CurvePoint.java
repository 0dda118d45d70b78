package io.keycask.kms.core.internal.asymmetric;

import java.math.BigInteger;

/** A point of a curve that is not the one at infinity, in affine coordinates. */
record CurvePoint(BigInteger x, BigInteger y) {}
