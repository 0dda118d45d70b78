package io.keycask.kms.crypto;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** GHASH by the Vector API: 16 blocks at once, multiplied by H^16 with lookups within registers. */
final class VectorGhash implements Bulk.Hash {
    /*
     * The 16 blocks of a group lie byte-sliced in 16 vectors of 16 bytes: vector c has byte c of every block. A byte of the product is
     * the sum, over the 32 nibbles of a block, of a table entry that the nibble selects; the 16 entries of a table are one
     * vector, from which selectFrom picks 16 bytes at once (PSHUFB, TBL). Which table is read when does not depend on data.
     *
     * Vectors of 128 bits only: wider byte shuffles are several instructions on AVX2, and the narrow ones exist everywhere.
     */
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_128;
    private static final int BLOCK_BYTES = 16;

    private final long[] sum = new long[32];
    private final long[] nibbles = new long[64];
    private final long[] group = new long[32];
    private final long[] first = new long[BLOCK_BYTES];
    private final long[] second = new long[BLOCK_BYTES];

    @Override
    public void absorb(long[] table, long high, long low, byte[] in, int at, int groups, byte[] lanes) {
        slice(in, at);
        for (int c = 0; c < BLOCK_BYTES; c++) {
            group[2 * c] ^= ((c < 8 ? high : low) >>> (56 - 8 * (c & 7))) & 0xff;
        }
        System.arraycopy(group, 0, sum, 0, sum.length);
        for (int g = 1; g < groups; g++) {
            slice(in, at + g * GROUP_BYTES);
            split(sum, nibbles);
            multiply(table, nibbles, group, sum);
        }
        unslice(lanes);
    }

    /** Splits byte-sliced blocks into nibbles, the low one of each byte first. */
    private static void split(long[] sum, long[] nibbles) {
        for (int i = 0; i < 32; i += 2) {
            LongVector v = LongVector.fromArray(LONGS, sum, i);
            v.and(0x0F0F0F0F0F0F0F0FL).intoArray(nibbles, 2 * i);
            v.lanewise(LSHR, 4).and(0x0F0F0F0F0F0F0F0FL).intoArray(nibbles, 2 * i + 2);
        }
    }

    /** Sets the sum to the product plus the next group. */
    private static void multiply(long[] table, long[] nibbles, long[] group, long[] sum) {
        int t = 0;
        for (int c = 0; c < 32; c += 8) {
            ByteVector a0 = LongVector.fromArray(LONGS, group, c).reinterpretAsBytes();
            ByteVector a1 = LongVector.fromArray(LONGS, group, c + 2).reinterpretAsBytes();
            ByteVector a2 = LongVector.fromArray(LONGS, group, c + 4).reinterpretAsBytes();
            ByteVector a3 = LongVector.fromArray(LONGS, group, c + 6).reinterpretAsBytes();
            for (int i = 0; i < 64; i += 2, t += 8) {
                ByteVector n = LongVector.fromArray(LONGS, nibbles, i).reinterpretAsBytes();
                a0 = a0.lanewise(
                        XOR, n.selectFrom(LongVector.fromArray(LONGS, table, t).reinterpretAsBytes()));
                a1 = a1.lanewise(
                        XOR,
                        n.selectFrom(LongVector.fromArray(LONGS, table, t + 2).reinterpretAsBytes()));
                a2 = a2.lanewise(
                        XOR,
                        n.selectFrom(LongVector.fromArray(LONGS, table, t + 4).reinterpretAsBytes()));
                a3 = a3.lanewise(
                        XOR,
                        n.selectFrom(LongVector.fromArray(LONGS, table, t + 6).reinterpretAsBytes()));
            }
            a0.reinterpretAsLongs().intoArray(sum, c);
            a1.reinterpretAsLongs().intoArray(sum, c + 2);
            a2.reinterpretAsLongs().intoArray(sum, c + 4);
            a3.reinterpretAsLongs().intoArray(sum, c + 6);
        }
    }

    /** Reads 16 blocks and byte-slices them: two transpositions of 8 rows (blocks) by 8 bytes, in both halves of a block. */
    private void slice(byte[] in, int at) {
        load(in, at, first);
        load(in, at + GROUP_BYTES / 2, second);
        transpose(first);
        transpose(second);
        for (int c = 0; c < 8; c++) {
            group[2 * c] = first[2 * c];
            group[2 * c + 1] = second[2 * c];
            group[2 * c + 16] = first[2 * c + 1];
            group[2 * c + 17] = second[2 * c + 1];
        }
    }

    /** Writes the sum as 16 blocks. */
    private void unslice(byte[] lanes) {
        for (int c = 0; c < 8; c++) {
            first[2 * c] = sum[2 * c];
            second[2 * c] = sum[2 * c + 1];
            first[2 * c + 1] = sum[2 * c + 16];
            second[2 * c + 1] = sum[2 * c + 17];
        }
        transpose(first);
        transpose(second);
        for (int i = 0; i < BLOCK_BYTES; i++) {
            Bytes.LONG_LE.set(lanes, 8 * i, first[i]);
            Bytes.LONG_LE.set(lanes, GROUP_BYTES / 2 + 8 * i, second[i]);
        }
    }

    private static void load(byte[] in, int at, long[] rows) {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            rows[i] = (long) Bytes.LONG_LE.get(in, at + 8 * i);
        }
    }

    /** Transposes 8 x 8 bytes in both lanes of eight vectors. */
    private static void transpose(long[] rows) {
        for (int i = 0; i < 8; i += 2) {
            exchange(rows, i, 1, 0x00FF00FF00FF00FFL);
        }
        for (int i = 0; i < 8; i += (i & 1) == 0 ? 1 : 3) {
            exchange(rows, i, 2, 0x0000FFFF0000FFFFL);
        }
        for (int i = 0; i < 4; i++) {
            exchange(rows, i, 4, 0x00000000FFFFFFFFL);
        }
    }

    private static void exchange(long[] rows, int row, int distance, long mask) {
        LongVector a = LongVector.fromArray(LONGS, rows, 2 * row);
        LongVector b = LongVector.fromArray(LONGS, rows, 2 * (row + distance));
        LongVector d = a.lanewise(LSHR, 8 * distance).lanewise(XOR, b).and(mask);
        a.lanewise(XOR, d.lanewise(LSHL, 8 * distance)).intoArray(rows, 2 * row);
        b.lanewise(XOR, d).intoArray(rows, 2 * (row + distance));
    }

    @Override
    public void wipe() {
        Arrays.fill(sum, 0);
        Arrays.fill(nibbles, 0);
        Arrays.fill(group, 0);
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }
}
