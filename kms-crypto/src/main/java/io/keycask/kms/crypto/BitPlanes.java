package io.keycask.kms.crypto;

/**
 * The bitsliced form of 16 words of 32 bits: eight longs ("planes"), of which plane i holds bit i of all 64 bytes.
 */
final class BitPlanes {
    /*
     * Lanes. Byte b of word k (b = 0 is the most significant one, the first in memory) has bit 16 b + k of every plane. So a
     * rotation of all words by 8 bits to the left is a rotation of each plane by 16 bits to the right: one instruction.
     *
     * Conversion. Between words and planes lies the "row" form: row m (m < 8) holds word m in its even bytes and word m + 8 in
     * its odd bytes, byte b of the word at byte 2 b of the row. An 8 × 8 transposition of bits in each byte position, which is its own
     * inverse, leads from rows to planes and back.
     */

    /** Words in one group of planes. */
    static final int WORDS = 16;

    /** Longs in one group of planes. */
    static final int PLANES = 8;

    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long LOW_BITS = 0x0001000100010001L;

    private BitPlanes() {}

    /** Returns the row form of two words, the second of which goes to the odd bytes. */
    static long row(int even, int odd) {
        return spread(even) | (spread(odd) << 8);
    }

    /** Returns the four bytes of a word, the most significant first, at bits 0, 16, 32 and 48. */
    static long spread(int word) {
        long x = Integer.reverseBytes(word) & 0xFFFFFFFFL;
        x = (x | (x << 16)) & 0x0000FFFF0000FFFFL;
        return (x | (x << 8)) & EVEN_BYTES;
    }

    /** Returns what {@link #spread} spread, with the bytes in memory order: as an int to be stored in little-endian order. */
    static long gather(long x) {
        x &= EVEN_BYTES;
        x = (x | (x >>> 8)) & 0x0000FFFF0000FFFFL;
        return (x | (x >>> 16)) & 0xFFFFFFFFL;
    }

    /** Sets eight planes, from {@code at} on, to 16 copies of one word. */
    static void broadcast(int word, long[] planes, int at) {
        long bytes = spread(word);
        for (int i = 0; i < PLANES; i++) {
            planes[at + i] = ((bytes >>> i) & LOW_BITS) * 0xFFFF;
        }
    }

    /** Sets eight planes to one word alone, in lane 0. */
    static void single(int word, long[] planes) {
        long bytes = spread(word);
        for (int i = 0; i < PLANES; i++) {
            planes[i] = (bytes >>> i) & LOW_BITS;
        }
    }

    /** Returns the word in lane 0 of eight planes. */
    static int single(long[] planes) {
        long bytes = 0;
        for (int i = 0; i < PLANES; i++) {
            bytes |= (planes[i] & LOW_BITS) << i;
        }
        return Integer.reverseBytes((int) gather(bytes));
    }

    /** Turns eight rows, from {@code at} on, into planes, or planes into rows. */
    static void transpose(long[] a, int at) {
        long a0 = a[at];
        long a1 = a[at + 1];
        long a2 = a[at + 2];
        long a3 = a[at + 3];
        long a4 = a[at + 4];
        long a5 = a[at + 5];
        long a6 = a[at + 6];
        long a7 = a[at + 7];
        long t;

        t = ((a0 >>> 1) ^ a1) & 0x5555555555555555L;
        a0 ^= t << 1;
        a1 ^= t;
        t = ((a2 >>> 1) ^ a3) & 0x5555555555555555L;
        a2 ^= t << 1;
        a3 ^= t;
        t = ((a4 >>> 1) ^ a5) & 0x5555555555555555L;
        a4 ^= t << 1;
        a5 ^= t;
        t = ((a6 >>> 1) ^ a7) & 0x5555555555555555L;
        a6 ^= t << 1;
        a7 ^= t;

        t = ((a0 >>> 2) ^ a2) & 0x3333333333333333L;
        a0 ^= t << 2;
        a2 ^= t;
        t = ((a1 >>> 2) ^ a3) & 0x3333333333333333L;
        a1 ^= t << 2;
        a3 ^= t;
        t = ((a4 >>> 2) ^ a6) & 0x3333333333333333L;
        a4 ^= t << 2;
        a6 ^= t;
        t = ((a5 >>> 2) ^ a7) & 0x3333333333333333L;
        a5 ^= t << 2;
        a7 ^= t;

        t = ((a0 >>> 4) ^ a4) & 0x0F0F0F0F0F0F0F0FL;
        a[at] = a0 ^ (t << 4);
        a[at + 4] = a4 ^ t;
        t = ((a1 >>> 4) ^ a5) & 0x0F0F0F0F0F0F0F0FL;
        a[at + 1] = a1 ^ (t << 4);
        a[at + 5] = a5 ^ t;
        t = ((a2 >>> 4) ^ a6) & 0x0F0F0F0F0F0F0F0FL;
        a[at + 2] = a2 ^ (t << 4);
        a[at + 6] = a6 ^ t;
        t = ((a3 >>> 4) ^ a7) & 0x0F0F0F0F0F0F0F0FL;
        a[at + 3] = a3 ^ (t << 4);
        a[at + 7] = a7 ^ t;
    }
}
