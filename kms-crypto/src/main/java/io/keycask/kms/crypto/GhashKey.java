package io.keycask.kms.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /** Bytes hashed in bulk before the tables pay for themselves. */
    private static final int TABLE_AFTER_BYTES = 32 * 1024;

    private long eighthHigh;
    private long eighthLow;

    // Benign races: a count may be lost, and two threads may make the same table.
    private int bulkBytes;
    private volatile long @Nullable [] table;

    /** Prepares the block H, given as two big-endian halves. */
    GhashKey(long high, long low) {
        set(POWERS - 1, high, low);
        Ghash power = new Ghash(null);
        for (int i = POWERS - 2; i >= 0; i--) {
            power.add(this, i == POWERS - 2 ? high : 0, i == POWERS - 2 ? low : 0);
            power.flush(this);
            set(i, power.high(), power.low());
        }
        eighthHigh = power.high();
        eighthLow = power.low();
        power.wipe();
    }

    /** Returns the tables for {@code length} more bytes to be hashed in bulk, or null as long as they would not pay. */
    long @Nullable [] bulkTable(int length) {
        long[] current = table;
        if (current == null) {
            int sum = bulkBytes + length;
            bulkBytes = Math.min(sum, TABLE_AFTER_BYTES);
            if (sum >= TABLE_AFTER_BYTES) {
                current = prepareBulk();
            }
        }
        return current;
    }

    /** Makes the tables of the multiplication by H^16. */
    long[] prepareBulk() {
        // H^16: the product of H^8, as the first of eight blocks, and H^8
        Ghash power = new Ghash(null);
        power.add(this, eighthHigh, eighthLow);
        for (int i = 1; i < POWERS; i++) {
            power.add(this, 0, 0);
        }
        power.flush(this);
        long[] made = GhashTable.of(power.high(), power.low());
        power.wipe();
        table = made;
        return made;
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
        long[] made = table;
        if (made != null) {
            Arrays.fill(made, 0);
        }
        eighthHigh = 0;
        eighthLow = 0;
    }
}
