package io.keycask.kms.crypto;

/**
 * The S-box of SM4 (GB/T 32907) as a circuit of XOR and AND over bit planes: 64 bytes at once, without a table.
 */
final class Sm4SBox {
    /*
     * S(x) = A · inv(A · x + 0xd3) + 0xd3, where A is the circulant matrix with first row 0xa7 and inv is inversion in GF(2^8)
     * modulo x^8 + x^7 + x^6 + x^5 + x^4 + x^2 + 1. That field is isomorphic to the one of AES, so the non-linear middle part
     * (t2..t45 and the products z0..z17) is the inversion of the AES circuit by Boyar and Peralta, "A depth-16 circuit for the AES
     * S-box" (2011), in their names. The linear parts around it (y and u before, w and s after) are ours: over all 8 · 255
     * choices of an isomorphism times a constant, the shortest programs that a greedy search found. 110 gates in all.
     *
     * The constants are not here but in the round keys, where they cost nothing: the circuit computes
     * C(x) = S(x ^ 0x75) ^ 0xd3, hence C(0) = 0.
     *
     * The order of the statements keeps few values alive. That, and being a method of its own instead of a part of the round,
     * is worth a fifth of the speed: the compiler spills less.
     */

    /** What is to be added to the four bytes of a word before the circuit; A · 0x75 = 0xd3. */
    static final int INPUT_CONSTANTS = 0x75757575;

    /** What is to be added to the four bytes of a word after the circuit. */
    static final int OUTPUT_CONSTANTS = 0xd3d3d3d3;

    private Sm4SBox() {}

    /** Replaces eight planes by eight planes; plane i holds bit i, the lowest first, of 64 bytes. */
    static void apply(long[] planes) {
        long x0 = planes[0];
        long x1 = planes[1];
        long x2 = planes[2];
        long x3 = planes[3];
        long x4 = planes[4];
        long x5 = planes[5];
        long x6 = planes[6];
        long x7 = planes[7];
        long u0 = x1 ^ x4;
        long y8 = x2 ^ x6;
        long y9 = x1 ^ y8;
        long y19 = x0 ^ x1;
        long y1 = x6 ^ y19;
        long y20 = x5 ^ y9;
        long y17 = x0 ^ y20;
        long y10 = x0 ^ y9;
        long y13 = x3 ^ y17;
        long y12 = x1 ^ y13;
        long y0 = y1 ^ u0;
        long y16 = x5 ^ u0;
        long y4 = x7 ^ y16;
        long y7 = x5 ^ y0;
        long y15 = x2 ^ y0;
        long y21 = x3 ^ y15;
        long y3 = y12 ^ y4;
        long y5 = y8 ^ y3;
        long y2 = y9 ^ y4;
        long y18 = y7 ^ y2;
        long t2 = y12 & y15;
        long t3 = y3 & x2;
        long t4 = t3 ^ t2;
        long t5 = y4 & y0;
        long t6 = t5 ^ t2;
        long t7 = y13 & y16;
        long t8 = y5 & y1;
        long t9 = t8 ^ t7;
        long t10 = y2 & y7;
        long t11 = t10 ^ t7;
        long t12 = y9 & x5;
        long t13 = x1 & y17;
        long t14 = t13 ^ t12;
        long t17 = t4 ^ t14;
        long t19 = t9 ^ t14;
        long t21 = t17 ^ y20;
        long t23 = t19 ^ y21;
        long t15 = y8 & y10;
        long t16 = t15 ^ t12;
        long t18 = t6 ^ t16;
        long t20 = t11 ^ t16;
        long t22 = t18 ^ y19;
        long t24 = t20 ^ y18;
        long t25 = t21 ^ t22;
        long t26 = t21 & t23;
        long t27 = t24 ^ t26;
        long t31 = t22 ^ t26;
        long t28 = t25 & t27;
        long t29 = t28 ^ t22;
        long z5 = t29 & y7;
        long z14 = t29 & y2;
        long t30 = t23 ^ t24;
        long t32 = t31 & t30;
        long t33 = t32 ^ t24;
        long t34 = t23 ^ t33;
        long z2 = t33 & y0;
        long z11 = t33 & y4;
        long t35 = t27 ^ t33;
        long t36 = t24 & t35;
        long t37 = t36 ^ t34;
        long t38 = t27 ^ t36;
        long t39 = t29 & t38;
        long t40 = t25 ^ t39;
        long z1 = t37 & x2;
        long z4 = t40 & y1;
        long z10 = t37 & y3;
        long z13 = t40 & y5;
        long w0 = z13 ^ z14;
        long w1 = z10 ^ w0;
        long t41 = t40 ^ t37;
        long t43 = t29 ^ t40;
        long t42 = t29 ^ t33;
        long t44 = t33 ^ t37;
        long z0 = t44 & y15;
        long z9 = t44 & y12;
        long z3 = t43 & y16;
        long z12 = t43 & y13;
        long w2 = z12 ^ z14;
        long z6 = t42 & x5;
        long z8 = t41 & y10;
        long z15 = t42 & y9;
        long t45 = t42 ^ t41;
        long z17 = t41 & y8;
        long z7 = t45 & y17;
        long z16 = t45 & x1;
        long w3 = z16 ^ z17;
        long s7 = w3 ^ w0;
        long w4 = z15 ^ z17;
        long w5 = z7 ^ z5;
        long w6 = z4 ^ z8;
        long w7 = w6 ^ w5;
        long w8 = z1 ^ w5;
        long w9 = z11 ^ w7;
        long w10 = z2 ^ s7;
        long w11 = z9 ^ w9;
        long s4 = w1 ^ w9;
        long w12 = w8 ^ z3;
        long w13 = w4 ^ w11;
        long s1 = w2 ^ w11;
        long w14 = z6 ^ w10;
        long w15 = z5 ^ w10;
        long w16 = w15 ^ z3;
        long w17 = w14 ^ w12;
        long w18 = z8 ^ w12;
        long w19 = w17 ^ w13;
        long s2 = w7 ^ w19;
        long s0 = s7 ^ w19;
        long s3 = w13 ^ s4;
        long s5 = w16 ^ z0;
        long s6 = w18 ^ z0;
        planes[0] = s0;
        planes[1] = s1;
        planes[2] = s2;
        planes[3] = s3;
        planes[4] = s4;
        planes[5] = s5;
        planes[6] = s6;
        planes[7] = s7;
    }
}
