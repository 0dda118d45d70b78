package io.keycask.kms.crypto;

import java.util.Arrays;

/** Tables of the multiplication by H^16, for processors that look up 16 bytes in a register at once. */
final class GhashTable {
    /*
     * For every position of a nibble in a block (32; the low nibble of a byte before the high one) and every byte of the product (16)
     * there are 16 bytes: what the nibble contributes to that byte. They are laid out as longs of little-endian bytes, in the
     * order in which VectorGhash reads them: four bytes of the product at a time, for these all positions.
     *
     * The tables are secret, but every lookup reads a whole entry of 16 bytes at an address that depends on the position alone.
     */
    static final int LONGS = 32 * 16 * 2;

    private GhashTable() {}

    /** Returns the tables for a multiplier, given as two big-endian halves. */
    static long[] of(long high, long low) {
        byte[] bytes = new byte[8 * LONGS];
        long h = high;
        long l = low;
        for (int bit = 0; bit < 128; bit++) {
            int position = 2 * (bit / 8) + (bit % 8 < 4 ? 1 : 0);
            addBit(bytes, position, 3 - bit % 4, h, l);
            // times x, in GCM's reflected order
            long out = -(l & 1);
            l = (l >>> 1) | (h << 63);
            h = (h >>> 1) ^ (out & 0xE100000000000000L);
        }
        long[] table = new long[LONGS];
        for (int i = 0; i < LONGS; i++) {
            table[i] = (long) Bytes.LONG_LE.get(bytes, 8 * i);
        }
        Arrays.fill(bytes, (byte) 0);
        return table;
    }

    /** Adds the multiple h:l of one bit to the entries of all nibbles that have this bit. */
    private static void addBit(byte[] bytes, int position, int bit, long h, long l) {
        for (int b = 0; b < 16; b++) {
            byte value = (byte) ((b < 8 ? h : l) >>> (56 - 8 * (b % 8)));
            int at = 16 * (128 * (b / 4) + 4 * position + b % 4);
            for (int nibble = 0; nibble < 16; nibble++) {
                bytes[at + nibble] ^= (byte) (value * ((nibble >> bit) & 1));
            }
        }
    }
}
