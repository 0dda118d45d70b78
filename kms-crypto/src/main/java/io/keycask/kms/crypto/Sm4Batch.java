package io.keycask.kms.crypto;

import java.util.Arrays;

/**
 * The working memory of SM4 on a batch of 16 blocks, and the ways in and out of it. For one thread at a time.
 *
 * <p>A batch costs the same whether one block of it is wanted or all.
 */
final class Sm4Batch implements Keystream {
    /** Blocks in a batch. */
    static final int BLOCKS = BitPlanes.WORDS;

    private final long[] blocks = new long[2 * BLOCKS];

    private final long[] x = new long[Sm4Rounds.STATE_LONGS];
    private final long[] t = new long[BitPlanes.PLANES];

    @Override
    public int batchBlocks() {
        return BLOCKS;
    }

    @Override
    public long[] batch() {
        return blocks;
    }

    @Override
    public void startCounterMode(int word0, int word1, int word2) {
        BitPlanes.broadcast(word0, x, 0);
        BitPlanes.broadcast(word1, x, BitPlanes.PLANES);
        BitPlanes.broadcast(word2, x, 2 * BitPlanes.PLANES);
    }

    @Override
    public void encryptCounters(long[] key, int counter) {
        int at = 3 * BitPlanes.PLANES;
        for (int m = 0; m < BitPlanes.PLANES; m++) {
            x[at + m] = BitPlanes.row(counter + m, counter + m + 8);
        }
        BitPlanes.transpose(x, at);
        encrypt(key);
    }

    /** Encrypts at most 16 blocks from one array to another. */
    void encryptBlocks(long[] key, byte[] in, int at, byte[] out, int to, int count) {
        int[] words = new int[4 * BLOCKS];
        for (int i = 0; i < 4 * count; i++) {
            words[i] = (int) Bytes.INT_BE.get(in, at + 4 * i);
        }
        for (int w = 0; w < 4; w++) {
            for (int m = 0; m < BitPlanes.PLANES; m++) {
                x[w * BitPlanes.PLANES + m] = BitPlanes.row(words[4 * m + w], words[4 * (m + 8) + w]);
            }
            BitPlanes.transpose(x, w * BitPlanes.PLANES);
        }
        encrypt(key);
        for (int i = 0; i < 2 * count; i++) {
            Bytes.LONG_LE.set(out, to + 8 * i, blocks[i]);
        }
        Arrays.fill(words, 0);
    }

    private void encrypt(long[] key) {
        Sm4Rounds.run(x, key, t);
        int d = Sm4Rounds.OUTPUT; // X[32], the last word of the result
        int c = d + BitPlanes.PLANES;
        int b = c + BitPlanes.PLANES;
        int a = b + BitPlanes.PLANES;
        BitPlanes.transpose(x, a);
        BitPlanes.transpose(x, b);
        BitPlanes.transpose(x, c);
        BitPlanes.transpose(x, d);
        for (int m = 0; m < BitPlanes.PLANES; m++) {
            blocks[2 * m] = BitPlanes.gather(x[a + m]) | (BitPlanes.gather(x[b + m]) << 32);
            blocks[2 * m + 1] = BitPlanes.gather(x[c + m]) | (BitPlanes.gather(x[d + m]) << 32);
            blocks[2 * m + 16] = BitPlanes.gather(x[a + m] >>> 8) | (BitPlanes.gather(x[b + m] >>> 8) << 32);
            blocks[2 * m + 17] = BitPlanes.gather(x[c + m] >>> 8) | (BitPlanes.gather(x[d + m] >>> 8) << 32);
        }
    }

    @Override
    public void wipe() {
        Arrays.fill(blocks, 0);
        Arrays.fill(x, 0);
        Arrays.fill(t, 0);
    }
}
