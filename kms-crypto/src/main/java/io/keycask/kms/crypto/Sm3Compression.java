package io.keycask.kms.crypto;

/** The compression function of SM3 (GB/T 32905 §5.3). */
final class Sm3Compression {
    /*
     * In the standard all eight working variables move on by one place in every round. Here four rounds are written out with
     * the variables renamed instead, so that nothing moves: the new A goes where D was, the new E where H was, and B and F
     * are rotated where they are. After four rounds every name is back.
     *
     * Rounds 0..15 and 16..63 differ in the Boolean functions, hence two loops. T holds the round constants T[j] <<< j.
     */

    /** Words of the expanded message. */
    static final int WORDS = 68;

    private static final int ROUNDS = 64;
    private static final int[] T = constants();

    private Sm3Compression() {}

    private static int[] constants() {
        int[] t = new int[ROUNDS];
        for (int j = 0; j < ROUNDS; j++) {
            t[j] = Integer.rotateLeft(j < 16 ? 0x79cc4519 : 0x7a879d8a, j);
        }
        return t;
    }

    /** Adds the block of 64 bytes at {@code at} to the state; {@code w} is scratch of {@link #WORDS} ints. */
    static void compress(int[] state, int[] w, byte[] in, int at) {
        expand(w, in, at);
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int j = 0; j < 16; j += 4) {
            int r;
            int s;
            r = Integer.rotateLeft(a, 12);
            s = Integer.rotateLeft(r + e + T[j], 7);
            d += (a ^ b ^ c) + (s ^ r) + (w[j] ^ w[j + 4]);
            h += (e ^ f ^ g) + s + w[j];
            b = Integer.rotateLeft(b, 9);
            f = Integer.rotateLeft(f, 19);
            h = h ^ Integer.rotateLeft(h, 9) ^ Integer.rotateLeft(h, 17);

            r = Integer.rotateLeft(d, 12);
            s = Integer.rotateLeft(r + h + T[j + 1], 7);
            c += (d ^ a ^ b) + (s ^ r) + (w[j + 1] ^ w[j + 5]);
            g += (h ^ e ^ f) + s + w[j + 1];
            a = Integer.rotateLeft(a, 9);
            e = Integer.rotateLeft(e, 19);
            g = g ^ Integer.rotateLeft(g, 9) ^ Integer.rotateLeft(g, 17);

            r = Integer.rotateLeft(c, 12);
            s = Integer.rotateLeft(r + g + T[j + 2], 7);
            b += (c ^ d ^ a) + (s ^ r) + (w[j + 2] ^ w[j + 6]);
            f += (g ^ h ^ e) + s + w[j + 2];
            d = Integer.rotateLeft(d, 9);
            h = Integer.rotateLeft(h, 19);
            f = f ^ Integer.rotateLeft(f, 9) ^ Integer.rotateLeft(f, 17);

            r = Integer.rotateLeft(b, 12);
            s = Integer.rotateLeft(r + f + T[j + 3], 7);
            a += (b ^ c ^ d) + (s ^ r) + (w[j + 3] ^ w[j + 7]);
            e += (f ^ g ^ h) + s + w[j + 3];
            c = Integer.rotateLeft(c, 9);
            g = Integer.rotateLeft(g, 19);
            e = e ^ Integer.rotateLeft(e, 9) ^ Integer.rotateLeft(e, 17);
        }
        for (int j = 16; j < 64; j += 4) {
            int r;
            int s;
            r = Integer.rotateLeft(a, 12);
            s = Integer.rotateLeft(r + e + T[j], 7);
            d += ((a & b) | ((a | b) & c)) + (s ^ r) + (w[j] ^ w[j + 4]);
            h += (((f ^ g) & e) ^ g) + s + w[j];
            b = Integer.rotateLeft(b, 9);
            f = Integer.rotateLeft(f, 19);
            h = h ^ Integer.rotateLeft(h, 9) ^ Integer.rotateLeft(h, 17);

            r = Integer.rotateLeft(d, 12);
            s = Integer.rotateLeft(r + h + T[j + 1], 7);
            c += ((d & a) | ((d | a) & b)) + (s ^ r) + (w[j + 1] ^ w[j + 5]);
            g += (((e ^ f) & h) ^ f) + s + w[j + 1];
            a = Integer.rotateLeft(a, 9);
            e = Integer.rotateLeft(e, 19);
            g = g ^ Integer.rotateLeft(g, 9) ^ Integer.rotateLeft(g, 17);

            r = Integer.rotateLeft(c, 12);
            s = Integer.rotateLeft(r + g + T[j + 2], 7);
            b += ((c & d) | ((c | d) & a)) + (s ^ r) + (w[j + 2] ^ w[j + 6]);
            f += (((h ^ e) & g) ^ e) + s + w[j + 2];
            d = Integer.rotateLeft(d, 9);
            h = Integer.rotateLeft(h, 19);
            f = f ^ Integer.rotateLeft(f, 9) ^ Integer.rotateLeft(f, 17);

            r = Integer.rotateLeft(b, 12);
            s = Integer.rotateLeft(r + f + T[j + 3], 7);
            a += ((b & c) | ((b | c) & d)) + (s ^ r) + (w[j + 3] ^ w[j + 7]);
            e += (((g ^ h) & f) ^ h) + s + w[j + 3];
            c = Integer.rotateLeft(c, 9);
            g = Integer.rotateLeft(g, 19);
            e = e ^ Integer.rotateLeft(e, 9) ^ Integer.rotateLeft(e, 17);
        }
        state[0] ^= a;
        state[1] ^= b;
        state[2] ^= c;
        state[3] ^= d;
        state[4] ^= e;
        state[5] ^= f;
        state[6] ^= g;
        state[7] ^= h;
    }

    private static void expand(int[] w, byte[] in, int at) {
        for (int j = 0; j < 16; j++) {
            w[j] = (int) Bytes.INT_BE.get(in, at + 4 * j);
        }
        for (int j = 16; j < WORDS; j++) {
            int x = w[j - 16] ^ w[j - 9] ^ Integer.rotateLeft(w[j - 3], 15);
            x ^= Integer.rotateLeft(x, 15) ^ Integer.rotateLeft(x, 23);
            w[j] = x ^ Integer.rotateLeft(w[j - 13], 7) ^ w[j - 6];
        }
    }
}
