package io.keycask.kms.crypto;

import java.util.Arrays;

/** GHASH (NIST SP 800-38D §6.4) without a table and without a branch on data. For one thread at a time. */
final class Ghash {
    /*
     * Multiplication of polynomials by integer multiplication "with holes" (T. Pornin, BearSSL, ghash_ctmul64): an operand that has
     * only every fourth bit can be multiplied as an integer, because at most 16 ones meet in one place and the carry does not reach
     * the next place that counts; what falls into the holes is masked out. The lower half of a 64 × 64-bit product takes 16
     * multiplications; the upper half is the reversal of the lower half of the product of the reversed operands. A product of 128
     * bits is three of 64 (Karatsuba): low, high and low + high, each of them plain and reversed, six kinds of operands.
     *
     * Aggregation: up to eight blocks are collected, and
     *
     *   Y' = (Y + X1) H^n + X2 H^(n-1) + … + Xn H
     *
     * is summed up per kind before masking, reversing and the reduction modulo x^128 + x^7 + x^2 + x + 1, which are done once.
     * The powers of H are in GhashKey. The loop runs over the kinds outside and the blocks inside, so that four accumulators suffice
     * and stay in registers.
     */

    /** Every fourth bit, from bit 0 on. */
    static final long HOLES = 0x1111111111111111L;

    private static final int MAX = GhashKey.POWERS;

    private final long[] operands = new long[GhashKey.KINDS * MAX];
    private long high;
    private long low;
    private int collected;

    void reset() {
        high = 0;
        low = 0;
        collected = 0;
    }

    /** Adds bytes, padded with zeros to whole blocks. */
    void add(GhashKey key, byte[] in, int at, int length) {
        int end = at + (length & -16);
        for (int p = at; p < end; p += 16) {
            add(key, (long) Bytes.LONG_BE.get(in, p), (long) Bytes.LONG_BE.get(in, p + 8));
        }
        int rest = length & 15;
        if (rest != 0) {
            add(key, Bytes.halfBlock(in, end, rest, 0), Bytes.halfBlock(in, end, rest, 1));
        }
    }

    /** Adds one block, given as two big-endian halves. */
    void add(GhashKey key, long blockHigh, long blockLow) {
        long first = collected == 0 ? -1L : 0L;
        long h = blockHigh ^ (high & first);
        long l = blockLow ^ (low & first);
        long hr = Long.reverse(h);
        long lr = Long.reverse(l);
        int i = collected;
        operands[i] = l;
        operands[MAX + i] = h;
        operands[2 * MAX + i] = l ^ h;
        operands[3 * MAX + i] = lr;
        operands[4 * MAX + i] = hr;
        operands[5 * MAX + i] = lr ^ hr;
        collected = i + 1;
        if (collected == MAX) {
            flush(key);
        }
    }

    /** Multiplies what is collected; afterwards {@link #high} and {@link #low} are the hash of all blocks so far. */
    void flush(GhashKey key) {
        int n = collected;
        if (n == 0) {
            return;
        }
        collected = 0;
        long z0 = sumOfProducts(key.masked, 0, n);
        long z1 = sumOfProducts(key.masked, 1, n);
        long z2 = sumOfProducts(key.masked, 2, n) ^ z0 ^ z1;
        long r0 = sumOfProducts(key.masked, 3, n);
        long r1 = sumOfProducts(key.masked, 4, n);
        long r2 = sumOfProducts(key.masked, 5, n) ^ r0 ^ r1;
        reduce(z0, z2 ^ (Long.reverse(r0) >>> 1), z1 ^ (Long.reverse(r2) >>> 1), Long.reverse(r1) >>> 1);
    }

    /** Returns the lower 64 bits of the sum of {@code n} carry-less products with H^n, …, H. */
    private long sumOfProducts(long[] masked, int kind, int n) {
        long a0 = 0;
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        int p = kind * MAX;
        int q = 4 * (kind * MAX + MAX - n);
        for (int j = 0; j < n; j++, p++, q += 4) {
            long x = operands[p];
            long x0 = x & HOLES;
            long x1 = x & (HOLES << 1);
            long x2 = x & (HOLES << 2);
            long x3 = x & (HOLES << 3);
            long h0 = masked[q];
            long h1 = masked[q + 1];
            long h2 = masked[q + 2];
            long h3 = masked[q + 3];
            a0 ^= x0 * h0 ^ x1 * h3 ^ x2 * h2 ^ x3 * h1;
            a1 ^= x0 * h1 ^ x1 * h0 ^ x2 * h3 ^ x3 * h2;
            a2 ^= x0 * h2 ^ x1 * h1 ^ x2 * h0 ^ x3 * h3;
            a3 ^= x0 * h3 ^ x1 * h2 ^ x2 * h1 ^ x3 * h0;
        }
        return (a0 & HOLES) | (a1 & (HOLES << 1)) | (a2 & (HOLES << 2)) | (a3 & (HOLES << 3));
    }

    /** Sets the hash to the product v3:v2:v1:v0, which is in GCM's reflected order and so lacks one shift, modulo the polynomial. */
    private void reduce(long v0, long v1, long v2, long v3) {
        v3 = (v3 << 1) | (v2 >>> 63);
        v2 = (v2 << 1) | (v1 >>> 63);
        v1 = (v1 << 1) | (v0 >>> 63);
        v0 <<= 1;
        v2 ^= v0 ^ (v0 >>> 1) ^ (v0 >>> 2) ^ (v0 >>> 7);
        v1 ^= (v0 << 63) ^ (v0 << 62) ^ (v0 << 57);
        high = v3 ^ v1 ^ (v1 >>> 1) ^ (v1 >>> 2) ^ (v1 >>> 7);
        low = v2 ^ (v1 << 63) ^ (v1 << 62) ^ (v1 << 57);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    void wipe() {
        reset();
        Arrays.fill(operands, 0);
    }
}
