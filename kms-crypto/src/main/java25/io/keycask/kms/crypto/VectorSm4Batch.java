package io.keycask.kms.crypto;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Keystream of SM4 by the Vector API: the bitsliced cipher of {@link Sm4Rounds} in every lane of a vector of longs. */
final class VectorSm4Batch implements Keystream {
    /*
     * Lane g of a vector of W longs works on the blocks 16 g .. 16 g + 15 of a batch of 16 W. Every array of the scalar code is here
     * W times as long, the lanes of a plane side by side; the round keys are the scalar ones, broadcast.
     *
     * Shape. Vectors stay within one method and travel between methods in arrays: the compiler then keeps them in
     * registers. Methods of this size it compiles well; with four rounds in one method, or with vectors as arguments, it boxes
     * them, which costs a factor of ten. There is no lookup and no shuffle, so nothing depends on how a processor, or
     * the fallback of the Vector API, does those.
     */
    static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

    private static final int W = SPECIES.length();
    private static final int PLANES = BitPlanes.PLANES;

    private final long[] x = new long[Sm4Rounds.STATE_LONGS * W];
    private final long[] t = new long[PLANES * W];
    private final long[] blocks = new long[2 * BitPlanes.WORDS * W];

    @Override
    public int batchBlocks() {
        return BitPlanes.WORDS * W;
    }

    @Override
    public long[] batch() {
        return blocks;
    }

    @Override
    public void startCounterMode(int word0, int word1, int word2) {
        broadcast(word0, 0);
        broadcast(word1, PLANES);
        broadcast(word2, 2 * PLANES);
    }

    private void broadcast(int word, int plane) {
        BitPlanes.broadcast(word, t, 0);
        for (int i = 0; i < PLANES; i++) {
            Arrays.fill(x, (plane + i) * W, (plane + i + 1) * W, t[i]);
        }
    }

    @Override
    public void encryptCounters(long[] key, int counter) {
        int at = 3 * PLANES;
        for (int m = 0; m < PLANES; m++) {
            for (int g = 0; g < W; g++) {
                int c = counter + BitPlanes.WORDS * g + m;
                x[(at + m) * W + g] = BitPlanes.row(c, c + 8);
            }
        }
        transpose(x, at);
        for (int p = 0; p < Sm4Rounds.OUTPUT; p += PLANES) {
            addKey(x, key, p, t);
            VectorSm4SBox.apply(t);
            mix(x, p, t);
        }
        for (int w = 0; w < 4; w++) {
            transpose(x, Sm4Rounds.OUTPUT + w * PLANES);
        }
        unload();
    }

    private static void addKey(long[] x, long[] key, int p, long[] t) {
        for (int i = 0; i < PLANES; i++) {
            LongVector.fromArray(SPECIES, x, (p + 8 + i) * W)
                    .lanewise(XOR, LongVector.fromArray(SPECIES, x, (p + 16 + i) * W))
                    .lanewise(XOR, LongVector.fromArray(SPECIES, x, (p + 24 + i) * W))
                    .lanewise(XOR, key[p + i])
                    .intoArray(t, i * W);
        }
    }

    /** As the end of the loop in {@link Sm4Rounds#run}. */
    private static void mix(long[] x, int p, long[] t) {
        LongVector s6 = LongVector.fromArray(SPECIES, t, 6 * W);
        LongVector d6 = s6.lanewise(XOR, s6.lanewise(ROR, 16));
        LongVector c6 = d6.lanewise(XOR, s6.lanewise(ROR, 32));
        LongVector s7 = LongVector.fromArray(SPECIES, t, 7 * W);
        LongVector d7 = s7.lanewise(XOR, s7.lanewise(ROR, 16));
        LongVector c7 = d7.lanewise(XOR, s7.lanewise(ROR, 32));
        LongVector s0 = LongVector.fromArray(SPECIES, t, 0);
        LongVector d0 = s0.lanewise(XOR, s0.lanewise(ROR, 16));
        LongVector c0 = d0.lanewise(XOR, s0.lanewise(ROR, 32));
        LongVector s1 = LongVector.fromArray(SPECIES, t, 1 * W);
        LongVector d1 = s1.lanewise(XOR, s1.lanewise(ROR, 16));
        LongVector c1 = d1.lanewise(XOR, s1.lanewise(ROR, 32));
        LongVector s2 = LongVector.fromArray(SPECIES, t, 2 * W);
        LongVector d2 = s2.lanewise(XOR, s2.lanewise(ROR, 16));
        LongVector c2 = d2.lanewise(XOR, s2.lanewise(ROR, 32));
        LongVector s3 = LongVector.fromArray(SPECIES, t, 3 * W);
        LongVector d3 = s3.lanewise(XOR, s3.lanewise(ROR, 16));
        LongVector c3 = d3.lanewise(XOR, s3.lanewise(ROR, 32));
        LongVector s4 = LongVector.fromArray(SPECIES, t, 4 * W);
        LongVector d4 = s4.lanewise(XOR, s4.lanewise(ROR, 16));
        LongVector c4 = d4.lanewise(XOR, s4.lanewise(ROR, 32));
        LongVector s5 = LongVector.fromArray(SPECIES, t, 5 * W);
        LongVector d5 = s5.lanewise(XOR, s5.lanewise(ROR, 16));
        LongVector c5 = d5.lanewise(XOR, s5.lanewise(ROR, 32));
        LongVector.fromArray(SPECIES, x, (p) * W)
                .lanewise(XOR, d0.lanewise(ROL, 16))
                .lanewise(XOR, c6.lanewise(ROR, 16))
                .intoArray(x, (p + 32) * W);
        LongVector.fromArray(SPECIES, x, (p + 1) * W)
                .lanewise(XOR, d1.lanewise(ROL, 16))
                .lanewise(XOR, c7.lanewise(ROR, 16))
                .intoArray(x, (p + 33) * W);
        LongVector.fromArray(SPECIES, x, (p + 2) * W)
                .lanewise(XOR, d2.lanewise(ROL, 16))
                .lanewise(XOR, c0)
                .intoArray(x, (p + 34) * W);
        LongVector.fromArray(SPECIES, x, (p + 3) * W)
                .lanewise(XOR, d3.lanewise(ROL, 16))
                .lanewise(XOR, c1)
                .intoArray(x, (p + 35) * W);
        LongVector.fromArray(SPECIES, x, (p + 4) * W)
                .lanewise(XOR, d4.lanewise(ROL, 16))
                .lanewise(XOR, c2)
                .intoArray(x, (p + 36) * W);
        LongVector.fromArray(SPECIES, x, (p + 5) * W)
                .lanewise(XOR, d5.lanewise(ROL, 16))
                .lanewise(XOR, c3)
                .intoArray(x, (p + 37) * W);
        LongVector.fromArray(SPECIES, x, (p + 6) * W)
                .lanewise(XOR, d6.lanewise(ROL, 16))
                .lanewise(XOR, c4)
                .intoArray(x, (p + 38) * W);
        LongVector.fromArray(SPECIES, x, (p + 7) * W)
                .lanewise(XOR, d7.lanewise(ROL, 16))
                .lanewise(XOR, c5)
                .intoArray(x, (p + 39) * W);
    }

    /** As {@link BitPlanes#transpose}, by exchanging between pairs of vectors. */
    private static void transpose(long[] x, int plane) {
        for (int i = 0; i < PLANES; i += 2) {
            exchange(x, plane + i, 1, 0x5555555555555555L);
        }
        for (int i = 0; i < PLANES; i += (i & 1) == 0 ? 1 : 3) {
            exchange(x, plane + i, 2, 0x3333333333333333L);
        }
        for (int i = 0; i < 4; i++) {
            exchange(x, plane + i, 4, 0x0F0F0F0F0F0F0F0FL);
        }
    }

    /** Exchanges the masked bits, {@code distance} higher up, of one vector with those of the one {@code distance} further on. */
    private static void exchange(long[] x, int plane, int distance, long mask) {
        LongVector a = LongVector.fromArray(SPECIES, x, plane * W);
        LongVector b = LongVector.fromArray(SPECIES, x, (plane + distance) * W);
        LongVector d = a.lanewise(LSHR, distance).lanewise(XOR, b).and(mask);
        a.lanewise(XOR, d.lanewise(LSHL, distance)).intoArray(x, plane * W);
        b.lanewise(XOR, d).intoArray(x, (plane + distance) * W);
    }

    /** Puts the rows of X[35], X[34], X[33] and X[32] together to blocks. */
    private void unload() {
        int d = Sm4Rounds.OUTPUT;
        for (int m = 0; m < PLANES; m++) {
            unload(x, d + 3 * PLANES + m, d + 2 * PLANES + m, t, 0);
            unload(x, d + PLANES + m, d + m, t, 2 * W);
            for (int g = 0; g < W; g++) {
                int block = 2 * (BitPlanes.WORDS * g + m);
                blocks[block] = t[g];
                blocks[block + 1] = t[2 * W + g];
                blocks[block + 16] = t[W + g];
                blocks[block + 17] = t[3 * W + g];
            }
        }
    }

    /** As {@link BitPlanes#gather}, of the even bytes of two rows and then of their odd bytes, to two vectors of half blocks. */
    private static void unload(long[] x, int row0, int row1, long[] out, int to) {
        for (int odd = 0; odd < 2; odd++) {
            LongVector a = LongVector.fromArray(SPECIES, x, row0 * W)
                    .lanewise(LSHR, 8 * odd)
                    .and(0x00FF00FF00FF00FFL);
            LongVector b = LongVector.fromArray(SPECIES, x, row1 * W)
                    .lanewise(LSHR, 8 * odd)
                    .and(0x00FF00FF00FF00FFL);
            a = a.or(a.lanewise(LSHR, 8)).and(0x0000FFFF0000FFFFL);
            b = b.or(b.lanewise(LSHR, 8)).and(0x0000FFFF0000FFFFL);
            a = a.or(a.lanewise(LSHR, 16)).and(0xFFFFFFFFL);
            b = b.or(b.lanewise(LSHR, 16)).lanewise(LSHL, 32);
            a.or(b).intoArray(out, to + odd * W);
        }
    }

    @Override
    public void wipe() {
        Arrays.fill(x, 0);
        Arrays.fill(t, 0);
        Arrays.fill(blocks, 0);
    }
}
