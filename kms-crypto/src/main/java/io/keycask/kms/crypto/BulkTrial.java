package io.keycask.kms.crypto;

import java.util.Arrays;

/** The comparison of an implementation for large messages with plain Java: same results, and faster? */
final class BulkTrial {
    /*
     * Time is wall-clock time, the least of many short trials on each side, taken in turns: that is what is left when the thread was not
     * interrupted. Dummy data only: a fixed key, zeros as plaintext. Plain Java is timed first for as long as it takes to be
     * compiled, so that the comparison is fair. The trial gives up when the vector code does not come near within half a minute.
     */
    private static final int TRIAL_BYTES = 16 * 1024;
    private static final int PLAIN_TRIALS = 40;
    private static final long LIMIT_NANOS = 30_000_000_000L;
    private static final int STABLE_TRIALS = 200;
    private static final double MARGIN = 1.2;

    private final Bulk bulk;
    private final byte[] text = new byte[TRIAL_BYTES];
    private final byte[] plainSealed = new byte[TRIAL_BYTES + AeadKey.TAG_BYTES];
    private final byte[] bulkSealed = new byte[TRIAL_BYTES + AeadKey.TAG_BYTES];
    private final byte[] nonce = new byte[12];
    private boolean won;

    BulkTrial(Bulk bulk) {
        this.bulk = bulk;
    }

    boolean won() {
        return won;
    }

    /** Runs the trial and says in words how it ended. */
    String run() {
        long[] roundKeys = Sm4Key.expand(new byte[Sm4.KEY_BYTES], false);
        GhashKey hashKey = new GhashKey(0x0123456789abcdefL, 0x76543210fedcba98L);
        hashKey.prepareBulk();
        GcmMessage plain = new GcmMessage(roundKeys, hashKey, null);
        GcmMessage vector = new GcmMessage(roundKeys, hashKey, bulk);
        long plainNanos = Long.MAX_VALUE;
        long bulkNanos = Long.MAX_VALUE;
        long start = System.nanoTime();
        int sinceBetter = 0;
        for (int i = 0; sinceBetter < STABLE_TRIALS && System.nanoTime() - start < LIMIT_NANOS; i++) {
            nonce[0] = (byte) i;
            if (i < PLAIN_TRIALS || i % 8 == 0) {
                plainNanos = Math.min(plainNanos, seal(plain, plainSealed));
            }
            long nanos = seal(vector, bulkSealed);
            sinceBetter = nanos < bulkNanos - bulkNanos / 50 ? 0 : sinceBetter + 1;
            bulkNanos = Math.min(bulkNanos, nanos);
            if (i < PLAIN_TRIALS && !Arrays.equals(plainSealed, bulkSealed)) {
                return "plain Java: " + bulk.name() + " gave another result";
            }
        }
        won = bulkNanos * MARGIN < plainNanos;
        String speeds = String.format("%d MB/s against %d MB/s", megabytes(bulkNanos), megabytes(plainNanos));
        return won ? bulk.name() + ", " + speeds : "plain Java: " + bulk.name() + " is not faster, " + speeds;
    }

    private long seal(GcmMessage message, byte[] out) {
        long start = System.nanoTime();
        message.start(nonce, nonce, TRIAL_BYTES);
        message.encrypt(text, 0, TRIAL_BYTES, out, 0);
        message.tag(out, TRIAL_BYTES);
        return Math.max(1, System.nanoTime() - start);
    }

    private static long megabytes(long nanos) {
        return TRIAL_BYTES * 1000L / nanos;
    }
}
