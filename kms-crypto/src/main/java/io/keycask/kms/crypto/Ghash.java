package io.keycask.kms.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** GHASH (NIST SP 800-38D §6.4) without a table and without a branch on data. For one thread at a time. */
final class Ghash {
    /*
     * Carry-less multiplication by integer multiplication "with holes" (after T. Pornin, BearSSL, ghash_ctmul64). Of two
     * operands that have only every fourth bit, 0, 4, …, 60, the integer product has the carry-less product in every fourth bit: at
     * most 16 ones meet in one place, and the carries fall into the holes, or out at the top. So an operand is split into
     * four strands, x = x0 + x1 z + x2 z^2 + x3 z^3 with z a shift by one, and strands are multiplied as polynomials in z by
     * Karatsuba's rule: nine multiplications instead of 16.
     *
     * That gives the lower half of a product of 64 × 64 bits. The upper half is the reversal of the lower half of the product
     * of the reversed operands. A product of 128 bits is three of 64 (Karatsuba again): low, high and low + high, each of them
     * plain and reversed, six kinds of operands.
     *
     * Aggregation: up to eight blocks are collected, and
     *
     *   Y' = (Y + X1) H^n + X2 H^(n-1) + … + Xn H
     *
     * is summed up in nine accumulators per kind, before anything is masked, put together, reversed or reduced modulo
     * x^128 + x^7 + x^2 + x + 1; that is done once. The powers of H are in GhashKey.
     */

    /** Every fourth bit, from bit 0 on. */
    static final long HOLES = 0x1111111111111111L;

    private static final int BLOCK_BYTES = 16;
    private static final int BULK_BYTES = 2 * Bulk.Hash.GROUP_BYTES;
    private static final int MAX = GhashKey.POWERS;

    private final long[] operands = new long[GhashKey.KINDS * MAX];
    private long high;
    private long low;
    private int collected;

    private final Bulk.@Nullable Hash bulk;
    private final byte[] lanes;

    /** Does it all in plain Java, or large inputs by {@code bulk}. */
    Ghash(Bulk.@Nullable Hash bulk) {
        this.bulk = bulk;
        this.lanes = new byte[bulk == null ? 0 : Bulk.Hash.GROUP_BYTES];
    }

    void reset() {
        high = 0;
        low = 0;
        collected = 0;
    }

    /** Adds bytes, padded with zeros to whole blocks. */
    void add(GhashKey key, byte[] in, int at, int length) {
        int end = at + (length & -BLOCK_BYTES);
        for (int p = at + addInBulk(key, in, at, length); p < end; ) {
            int n = Math.min(MAX - collected, (end - p) / BLOCK_BYTES);
            for (int i = collected; i < collected + n; i++, p += BLOCK_BYTES) {
                put(i, (long) Bytes.LONG_BE.get(in, p), (long) Bytes.LONG_BE.get(in, p + 8));
            }
            added(key, n);
        }
        int rest = length & (BLOCK_BYTES - 1);
        if (rest != 0) {
            add(key, Bytes.halfBlock(in, end, rest, 0), Bytes.halfBlock(in, end, rest, 1));
        }
    }

    /** Adds what is worth it by the bulk implementation, and returns how many bytes that were. */
    private int addInBulk(GhashKey key, byte[] in, int at, int length) {
        if (bulk == null || length < BULK_BYTES) {
            return 0;
        }
        long[] table = key.bulkTable(length);
        if (table == null) {
            return 0;
        }
        flush(key);
        int groups = length / Bulk.Hash.GROUP_BYTES;
        bulk.absorb(table, high, low, in, at, groups, lanes);
        high = 0;
        low = 0;
        for (int p = 0; p < Bulk.Hash.GROUP_BYTES; p += BLOCK_BYTES) {
            add(key, (long) Bytes.LONG_BE.get(lanes, p), (long) Bytes.LONG_BE.get(lanes, p + 8));
        }
        return groups * Bulk.Hash.GROUP_BYTES;
    }

    /** Adds one block, given as two big-endian halves. */
    void add(GhashKey key, long blockHigh, long blockLow) {
        put(collected, blockHigh, blockLow);
        added(key, 1);
    }

    private void put(int i, long h, long l) {
        long hr = Long.reverse(h);
        long lr = Long.reverse(l);
        operands[i] = l;
        operands[MAX + i] = h;
        operands[2 * MAX + i] = l ^ h;
        operands[3 * MAX + i] = lr;
        operands[4 * MAX + i] = hr;
        operands[5 * MAX + i] = lr ^ hr;
    }

    private void added(GhashKey key, int n) {
        collected += n;
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
        chain();
        long z0 = sumOfProducts(key.strands, 0, n);
        long z1 = sumOfProducts(key.strands, 1, n);
        long z2 = sumOfProducts(key.strands, 2, n) ^ z0 ^ z1;
        long r0 = sumOfProducts(key.strands, 3, n);
        long r1 = sumOfProducts(key.strands, 4, n);
        long r2 = sumOfProducts(key.strands, 5, n) ^ r0 ^ r1;
        reduce(z0, z2 ^ (Long.reverse(r0) >>> 1), z1 ^ (Long.reverse(r2) >>> 1), Long.reverse(r1) >>> 1);
    }

    /** Adds the hash so far to the first block. */
    private void chain() {
        long hr = Long.reverse(high);
        long lr = Long.reverse(low);
        operands[0] ^= low;
        operands[MAX] ^= high;
        operands[2 * MAX] ^= low ^ high;
        operands[3 * MAX] ^= lr;
        operands[4 * MAX] ^= hr;
        operands[5 * MAX] ^= lr ^ hr;
    }

    /** Returns the lower 64 bits of the sum of {@code n} carry-less products with H^n, …, H. */
    private long sumOfProducts(long[] strands, int kind, int n) {
        long a0 = 0;
        long a1 = 0;
        long a01 = 0;
        long a2 = 0;
        long a3 = 0;
        long a23 = 0;
        long a02 = 0;
        long a13 = 0;
        long a0123 = 0;
        int p = kind * MAX;
        int q = GhashKey.STRANDS * (kind * MAX + MAX - n);
        for (int j = 0; j < n; j++, p++, q += GhashKey.STRANDS) {
            long x = operands[p];
            long x0 = x & HOLES;
            long x1 = (x >>> 1) & HOLES;
            long x2 = (x >>> 2) & HOLES;
            long x3 = (x >>> 3) & HOLES;
            a0 ^= x0 * strands[q];
            a1 ^= x1 * strands[q + 1];
            a01 ^= (x0 ^ x1) * strands[q + 2];
            a2 ^= x2 * strands[q + 3];
            a3 ^= x3 * strands[q + 4];
            a23 ^= (x2 ^ x3) * strands[q + 5];
            x0 ^= x2;
            x1 ^= x3;
            a02 ^= x0 * strands[q + 6];
            a13 ^= x1 * strands[q + 7];
            a0123 ^= (x0 ^ x1) * strands[q + 8];
        }
        long z1 = a01 ^ a0 ^ a1;
        long z5 = a23 ^ a2 ^ a3;
        long z2 = a1 ^ a02 ^ a0 ^ a2;
        long z3 = a0123 ^ a02 ^ a13 ^ z1 ^ z5;
        long z4 = a2 ^ a13 ^ a1 ^ a3;
        return (a0 & HOLES)
                ^ ((z1 & HOLES) << 1)
                ^ ((z2 & HOLES) << 2)
                ^ ((z3 & HOLES) << 3)
                ^ ((z4 & HOLES) << 4)
                ^ ((z5 & HOLES) << 5)
                ^ ((a3 & HOLES) << 6);
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
        Arrays.fill(lanes, (byte) 0);
        if (bulk != null) {
            bulk.wipe();
        }
    }
}
