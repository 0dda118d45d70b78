package io.keycask.kms.crypto;

/** Makes keystream of SM4 in counter mode, a batch at a time. For one thread at a time. */
interface Keystream {
    /** Returns the number of blocks in a batch, all of which cost the same as one. */
    int batchBlocks();

    /** Returns the batch: two longs a block, whose little-endian bytes are the bytes of the block. Always the same array. */
    long[] batch();

    /** Sets the first 12 bytes, the same for all blocks, of the counter blocks to come. */
    void startCounterMode(int word0, int word1, int word2);

    /** Encrypts a batch of counter blocks, the first with the given counter; counters wrap round at 32 bits. */
    void encryptCounters(long[] key, int counter);

    void wipe();
}
