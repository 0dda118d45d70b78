package io.keycask.kms.crypto;

import java.util.Arrays;

/** The expanded key of SM4 (GB/T 32907 §7.3), bitsliced and with the constants of the S-box folded in. */
final class Sm4Key {
    /*
     * Folding. Sm4Rounds uses a circuit C without constants: S(x) = C(x ^ c1) ^ c2 in each byte. The input constant is added to
     * every round key. The output constant passes through L, so without it X[r+4] lacks the word k = L(c2): the computed
     * sequence Y differs from X by e[r] = 0 for r < 4 and e[r+4] = e[r] ^ k, that is by k in every second group of four. Round r
     * reads Y[r+1], Y[r+2] and Y[r+3], so their e are added to the round key too. e[32..35] = 0: the result needs no
     * correction.
     *
     * The key schedule is the same kind of round with another linear map, done with the same circuit on one lane; its indices
     * are constants and it has no branch on a key bit.
     */
    private static final int ROUNDS = 32;
    private static final int[] FK = {0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc};

    private Sm4Key() {}

    /** Returns the planes of all round keys, in reverse order for decryption of blocks. */
    static long[] expand(byte[] key, boolean reverse) {
        int[] roundKeys = schedule(key);
        long[] planes = new long[Sm4Rounds.KEY_LONGS];
        int lack = linear(Sm4SBox.OUTPUT_CONSTANTS);
        for (int r = 0; r < ROUNDS; r++) {
            int word = roundKeys[reverse ? ROUNDS - 1 - r : r] ^ Sm4SBox.INPUT_CONSTANTS;
            for (int i = r + 1; i <= r + 3; i++) {
                word ^= ((i >> 2) & 1) * lack;
            }
            BitPlanes.broadcast(word, planes, r * BitPlanes.PLANES);
        }
        Arrays.fill(roundKeys, 0);
        return planes;
    }

    private static int[] schedule(byte[] key) {
        int[] k = new int[4];
        for (int i = 0; i < 4; i++) {
            k[i] = (int) Bytes.INT_BE.get(key, 4 * i) ^ FK[i];
        }
        int[] roundKeys = new int[ROUNDS];
        long[] planes = new long[BitPlanes.PLANES];
        for (int r = 0; r < ROUNDS; r++) {
            BitPlanes.single(k[1] ^ k[2] ^ k[3] ^ ck(r) ^ Sm4SBox.INPUT_CONSTANTS, planes);
            Sm4SBox.apply(planes);
            int b = BitPlanes.single(planes) ^ Sm4SBox.OUTPUT_CONSTANTS;
            int next = k[0] ^ b ^ Integer.rotateLeft(b, 13) ^ Integer.rotateLeft(b, 23);
            k[0] = k[1];
            k[1] = k[2];
            k[2] = k[3];
            k[3] = next;
            roundKeys[r] = next;
        }
        Arrays.fill(k, 0);
        Arrays.fill(planes, 0);
        return roundKeys;
    }

    /** Returns the constant CK[r], whose byte j is (4 r + j) · 7 modulo 256. */
    private static int ck(int r) {
        int word = 0;
        for (int j = 0; j < 4; j++) {
            word = (word << 8) | ((4 * r + j) * 7 & 0xff);
        }
        return word;
    }

    private static int linear(int b) {
        return b
                ^ Integer.rotateLeft(b, 2)
                ^ Integer.rotateLeft(b, 10)
                ^ Integer.rotateLeft(b, 18)
                ^ Integer.rotateLeft(b, 24);
    }
}
