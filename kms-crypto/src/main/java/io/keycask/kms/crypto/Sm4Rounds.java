package io.keycask.kms.crypto;

/** The 32 rounds of SM4 (GB/T 32907 §7.1) on 16 blocks at once, bitsliced. */
final class Sm4Rounds {
    /*
     * A round is X[r+4] = X[r] ^ L(S(X[r+1] ^ X[r+2] ^ X[r+3] ^ rk[r])) with L(B) = B ^ B<<<2 ^ B<<<10 ^ B<<<18 ^ B<<<24.
     *
     * The state is the whole sequence X[0..35], eight planes per word, so that nothing has to be moved between rounds.
     *
     * L on planes: with D = B ^ B<<<8 and C = D ^ B<<<16 it is D<<<24 ^ C<<<2, because D<<<24 = B<<<24 ^ B. A rotation by a
     * multiple of 8 rotates every plane by a multiple of 16 (see BitPlanes). The rotation by 2 renames planes: plane i comes from
     * plane i - 2 of the same byte, and planes 0 and 1 from planes 6 and 7 of the next byte.
     *
     * The body of the loop ends with the S-box input of the next round, while X[r+4] is in registers; for that the last
     * round, which has no next, finds a round key of zeros. The body is one long piece on purpose: only then does
     * the compiler move the range checks of x out of the loop.
     */

    /** Longs of the state: 36 words of eight planes. */
    static final int STATE_LONGS = 36 * BitPlanes.PLANES;

    /** Longs of a key: 32 round keys of eight planes, and eight zeros. */
    static final int KEY_LONGS = 33 * BitPlanes.PLANES;

    /** Where the planes of X[32] begin. The cipher's output is X[35], X[34], X[33], X[32]. */
    static final int OUTPUT = 32 * BitPlanes.PLANES;

    private Sm4Rounds() {}

    /**
     * Computes X[4..35] from X[0..3].
     *
     * @param x the state, {@link #STATE_LONGS} longs
     * @param key the round keys as {@link Sm4Key} makes them, {@link #KEY_LONGS} longs
     * @param t scratch of eight longs
     */
    static void run(long[] x, long[] key, long[] t) {
        for (int i = 0; i < 8; i++) {
            t[i] = x[8 + i] ^ x[16 + i] ^ x[24 + i] ^ key[i];
        }
        for (int p = 0; p < OUTPUT; p += 8) {
            Sm4SBox.apply(t);

            long d0 = t[0] ^ Long.rotateRight(t[0], 16);
            long d1 = t[1] ^ Long.rotateRight(t[1], 16);
            long d2 = t[2] ^ Long.rotateRight(t[2], 16);
            long d3 = t[3] ^ Long.rotateRight(t[3], 16);
            long d4 = t[4] ^ Long.rotateRight(t[4], 16);
            long d5 = t[5] ^ Long.rotateRight(t[5], 16);
            long d6 = t[6] ^ Long.rotateRight(t[6], 16);
            long d7 = t[7] ^ Long.rotateRight(t[7], 16);
            long c0 = d0 ^ Long.rotateRight(t[0], 32);
            long c1 = d1 ^ Long.rotateRight(t[1], 32);
            long c2 = d2 ^ Long.rotateRight(t[2], 32);
            long c3 = d3 ^ Long.rotateRight(t[3], 32);
            long c4 = d4 ^ Long.rotateRight(t[4], 32);
            long c5 = d5 ^ Long.rotateRight(t[5], 32);
            long c6 = d6 ^ Long.rotateRight(t[6], 32);
            long c7 = d7 ^ Long.rotateRight(t[7], 32);
            long n0 = x[p] ^ Long.rotateLeft(d0, 16) ^ Long.rotateRight(c6, 16);
            long n1 = x[p + 1] ^ Long.rotateLeft(d1, 16) ^ Long.rotateRight(c7, 16);
            long n2 = x[p + 2] ^ Long.rotateLeft(d2, 16) ^ c0;
            long n3 = x[p + 3] ^ Long.rotateLeft(d3, 16) ^ c1;
            long n4 = x[p + 4] ^ Long.rotateLeft(d4, 16) ^ c2;
            long n5 = x[p + 5] ^ Long.rotateLeft(d5, 16) ^ c3;
            long n6 = x[p + 6] ^ Long.rotateLeft(d6, 16) ^ c4;
            long n7 = x[p + 7] ^ Long.rotateLeft(d7, 16) ^ c5;

            x[p + 32] = n0;
            x[p + 33] = n1;
            x[p + 34] = n2;
            x[p + 35] = n3;
            x[p + 36] = n4;
            x[p + 37] = n5;
            x[p + 38] = n6;
            x[p + 39] = n7;

            t[0] = n0 ^ x[p + 16] ^ x[p + 24] ^ key[p + 8];
            t[1] = n1 ^ x[p + 17] ^ x[p + 25] ^ key[p + 9];
            t[2] = n2 ^ x[p + 18] ^ x[p + 26] ^ key[p + 10];
            t[3] = n3 ^ x[p + 19] ^ x[p + 27] ^ key[p + 11];
            t[4] = n4 ^ x[p + 20] ^ x[p + 28] ^ key[p + 12];
            t[5] = n5 ^ x[p + 21] ^ x[p + 29] ^ key[p + 13];
            t[6] = n6 ^ x[p + 22] ^ x[p + 30] ^ key[p + 14];
            t[7] = n7 ^ x[p + 23] ^ x[p + 31] ^ key[p + 15];
        }
    }
}
