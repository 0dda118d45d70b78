package io.keycask.kms.crypto;

import java.util.Random;

/** SM4 with a table in the usual way, so that addresses depend on secrets: the planted leak that {@link TimingTest} has to find. */
final class TableSm4 {
    private static final int[] TABLE = table();

    private final int[] roundKeys = new int[32];

    /** Uses an arbitrary key: 32 words as round keys. */
    TableSm4(Random random) {
        for (int i = 0; i < 32; i++) {
            roundKeys[i] = random.nextInt();
        }
    }

    private static int[] table() {
        int[] table = new int[4 * 256];
        long[] planes = new long[BitPlanes.PLANES];
        for (int i = 0; i < 256; i++) {
            BitPlanes.single(i ^ Sm4SBox.INPUT_CONSTANTS, planes);
            Sm4SBox.apply(planes);
            int s = (BitPlanes.single(planes) ^ Sm4SBox.OUTPUT_CONSTANTS) & 0xff;
            int t = s
                    ^ Integer.rotateLeft(s, 2)
                    ^ Integer.rotateLeft(s, 10)
                    ^ Integer.rotateLeft(s, 18)
                    ^ Integer.rotateLeft(s, 24);
            for (int b = 0; b < 4; b++) {
                table[256 * b + i] = Integer.rotateLeft(t, 8 * b);
            }
        }
        return table;
    }

    void encrypt(byte[] block) {
        int a = (int) Bytes.INT_BE.get(block, 0);
        int b = (int) Bytes.INT_BE.get(block, 4);
        int c = (int) Bytes.INT_BE.get(block, 8);
        int d = (int) Bytes.INT_BE.get(block, 12);
        for (int roundKey : roundKeys) {
            int x = b ^ c ^ d ^ roundKey;
            int t = a
                    ^ TABLE[x & 0xff]
                    ^ TABLE[256 + (x >>> 8 & 0xff)]
                    ^ TABLE[512 + (x >>> 16 & 0xff)]
                    ^ TABLE[768 + (x >>> 24)];
            a = b;
            b = c;
            c = d;
            d = t;
        }
        Bytes.INT_BE.set(block, 0, d);
        Bytes.INT_BE.set(block, 4, c);
        Bytes.INT_BE.set(block, 8, b);
        Bytes.INT_BE.set(block, 12, a);
    }
}
