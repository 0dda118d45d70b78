package io.keycask.kms.crypto;

/**
 * A faster way to do the bulk of a large message, with the same result; see {@link BulkChoice}. What it makes is for one thread at
 * a time.
 */
interface Bulk {
    String name();

    Keystream newKeystream();

    Hash newHash();

    /** GHASH on many blocks. */
    interface Hash {
        /** Blocks in a group, the unit of {@link #absorb}. */
        int GROUP_BLOCKS = 16;

        int GROUP_BYTES = 16 * GROUP_BLOCKS;

        /**
         * Sums up groups of 16 blocks: lane j of the result is block j of every group, evaluated as a polynomial in H^16, so that the
         * hash of all blocks is the hash of the 16 lanes.
         *
         * @param table the table of {@link GhashTable}
         * @param high the hash so far, which is added to the first block
         * @param low its second half
         * @param lanes where the lanes go, as bytes
         */
        void absorb(long[] table, long high, long low, byte[] in, int at, int groups, byte[] lanes);

        void wipe();
    }
}
