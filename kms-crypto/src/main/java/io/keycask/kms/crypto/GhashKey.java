package io.keycask.kms.crypto;

import java.util.Arrays;

/** The hash subkey H of GCM (NIST SP 800-38D §6.3) and its powers up to H^8, prepared for {@link Ghash}. */
final class GhashKey {
    /** Blocks that are multiplied before one reduction. */
    static final int POWERS = 8;

    /** Kinds of operands of a multiplication of 128 bits, see {@link Ghash}. */
    static final int KINDS = 6;

    /**
     * For every kind and every power, H^8 first, four longs: the operand with all bits cleared but every fourth, beginning with bit
     * 0, 1, 2 and 3.
     */
    final long[] masked = new long[KINDS * POWERS * 4];

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
        for (int i = 0; i < 4; i++) {
            masked[4 * (kind * POWERS + index) + i] = value & (Ghash.HOLES << i);
        }
    }

    void wipe() {
        Arrays.fill(masked, 0);
    }
}
