package io.keycask.kms.crypto;

import java.util.Arrays;

/** The hash subkey H of GCM (NIST SP 800-38D §6.3) and its powers up to H^8, prepared for {@link Ghash}. */
final class GhashKey {
    /** Blocks that are multiplied before one reduction. */
    static final int POWERS = 8;

    /** Kinds of operands of a multiplication of 128 bits, see {@link Ghash}. */
    static final int KINDS = 6;

    /** Longs for each operand. */
    static final int STRANDS = 9;

    /**
     * For every kind and every power, H^8 first, the strands 0, 1, 0 + 1, 2, 3, 2 + 3, 0 + 2, 1 + 3 and 0 + 1 + 2 + 3 of the operand:
     * what {@link Ghash} multiplies with.
     */
    final long[] strands = new long[KINDS * POWERS * STRANDS];

    /** Prepares the block H, given as two big-endian halves. */
    GhashKey(long high, long low) {
        set(POWERS - 1, high, low);
        Ghash power = new Ghash();
        for (int i = POWERS - 2; i >= 0; i--) {
            power.add(this, i == POWERS - 2 ? high : 0, i == POWERS - 2 ? low : 0);
            power.flush(this);
            set(i, power.high(), power.low());
        }
        power.wipe();
    }

    private void set(int index, long high, long low) {
        long lowReversed = Long.reverse(low);
        long highReversed = Long.reverse(high);
        setOperand(0, index, low);
        setOperand(1, index, high);
        setOperand(2, index, low ^ high);
        setOperand(3, index, lowReversed);
        setOperand(4, index, highReversed);
        setOperand(5, index, lowReversed ^ highReversed);
    }

    private void setOperand(int kind, int index, long value) {
        long x0 = value & Ghash.HOLES;
        long x1 = (value >>> 1) & Ghash.HOLES;
        long x2 = (value >>> 2) & Ghash.HOLES;
        long x3 = (value >>> 3) & Ghash.HOLES;
        int at = STRANDS * (kind * POWERS + index);
        strands[at] = x0;
        strands[at + 1] = x1;
        strands[at + 2] = x0 ^ x1;
        strands[at + 3] = x2;
        strands[at + 4] = x3;
        strands[at + 5] = x2 ^ x3;
        strands[at + 6] = x0 ^ x2;
        strands[at + 7] = x1 ^ x3;
        strands[at + 8] = x0 ^ x1 ^ x2 ^ x3;
    }

    void wipe() {
        Arrays.fill(strands, 0);
    }
}
