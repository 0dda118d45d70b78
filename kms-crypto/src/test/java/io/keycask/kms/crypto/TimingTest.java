package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;

/**
 * A statistical test, run by {@code bin/timing-test}, of whether running times depend on secrets (after O. Reparaz, J. Balasch and
 * I. Verbauwhede, "Dude, is my code constant time?", 2017).
 */
final class TimingTest {
    /*
     * Each subject is timed on inputs of two classes, one fixed and random ones, in random order; Welch's t compares the means. A
     * long tail of interruptions hides small differences, so the test is repeated on the samples below several percentiles, and the
     * largest |t| counts. Before every sample a walk over 128 KiB displaces what the last one left in the first-level cache: only
     * then does a lookup in a small table show. A leak in the code shows again in the same JVM, and a disturbance from outside does
     * not, so only what is seen three times counts. The planted leak must be found, or the whole run says nothing.
     */
    private static final double LEAK = 10;
    private static final int TIMES = 3;
    private static final int WARM_UP = 30_000;

    private static final long[] DISPLACED = new long[16 * 1024];

    private static long sink;

    private TimingTest() {}

    public static void main(String[] args) {
        int samples = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
        Random random = new Random(2017);
        System.out.printf("%s, %d samples each; a leak is |t| > %.0f%n", Runtime.version(), samples, LEAK);

        byte[] out = new byte[128];
        byte[] nonce = new byte[12];
        byte[] aad = new byte[20];
        Sm4 sm4 = Sm4.of(new byte[16]);
        Sm4Gcm gcm = Sm4Gcm.of(new byte[16]);
        GhashKey hashKey = new GhashKey(random.nextLong(), random.nextLong());
        Ghash ghash = new Ghash(null);
        Sm3 sm3 = new Sm3();
        TableSm4 table = new TableSm4(random);

        boolean clean = true;
        clean &= holds("sm4, one block", 16, samples, in -> sm4.encryptBlocks(in, 0, 16, out, 0));
        clean &= holds("sm4 key schedule", 16, samples, in -> sink ^= Sm4Key.expand(in, false)[77]);
        clean &= holds("ghash subkey", 16, samples, in -> sink ^= hashKey(in).strands[5]);
        clean &= holds("ghash, 8 blocks", 128, samples, in -> {
            ghash.reset();
            ghash.add(hashKey, in, 0, in.length);
        });
        clean &= holds("sm4-gcm seal, 64 bytes", 64, samples, in -> gcm.seal(nonce, aad, in, 0, 64, out, 0));
        clean &= holds("sm4-gcm open, wrong tag", 80, samples, in -> {
            try {
                gcm.open(nonce, aad, in, 0, 80, out, 0);
            } catch (AEADBadTagException e) {
                sink++;
            }
        });
        clean &= holds("sm3, 64 bytes", 64, samples, in -> {
            sm3.update(in, 0, 64);
            sm3.digest(out, 0);
        });
        Bulk bulk = BulkChoice.load();
        System.out.println("vector code: " + (bulk == null ? "none in this JVM" : bulk.name()));
        if (bulk != null) {
            clean &= holds(bulk, hashKey, samples);
        }
        boolean found = !holds("planted leak: sm4 by table", 16, samples, table::encrypt);

        System.out.println(clean ? "no leak found" : "LEAK");
        System.out.println(found ? "the planted leak was found" : "THE PLANTED LEAK WAS MISSED: this run says nothing");
        System.exit(clean && found ? 0 : 1);
    }

    /** The same of the vector code, which is compiled during the warm-up. */
    private static boolean holds(Bulk bulk, GhashKey hashKey, int samples) {
        byte[] out = new byte[1040];
        byte[] nonce = new byte[12];
        Keystream keystream = bulk.newKeystream();
        keystream.startCounterMode(1, 2, 3);
        Bulk.Hash hash = bulk.newHash();
        byte[] lanes = new byte[Bulk.Hash.GROUP_BYTES];
        long[] table = hashKey.prepareBulk();
        GcmMessage message = new GcmMessage(Sm4Key.expand(new byte[16], false), hashKey, bulk);

        boolean clean = holds("vector: sm4 under a key", 16, samples, in -> {
            keystream.encryptCounters(Sm4Key.expand(in, false), 1);
        });
        clean &= holds("vector: ghash table", 16, samples, in -> {
            sink ^= GhashTable.of((long) Bytes.LONG_BE.get(in, 0), (long) Bytes.LONG_BE.get(in, 8))[5];
        });
        clean &= holds("vector: ghash, 32 blocks", 512, samples, in -> hash.absorb(table, 1, 2, in, 0, 2, lanes));
        clean &= holds("vector: sm4-gcm seal, 1 KiB", 1024, samples, in -> {
            message.start(nonce, nonce, in.length);
            message.encrypt(in, 0, in.length, out, 0);
            message.tag(out, in.length);
        });
        return clean;
    }

    private static GhashKey hashKey(byte[] h) {
        return new GhashKey((long) Bytes.LONG_BE.get(h, 0), (long) Bytes.LONG_BE.get(h, 8));
    }

    private static boolean holds(String name, int length, int samples, Consumer<byte[]> subject) {
        Random random = new Random(name.hashCode());
        byte[] fixed = AeadKeyContract.bytes(random, length);
        double t = LEAK + 1;
        for (int i = 0; i < TIMES && t > LEAK; i++) {
            t = measure(random, fixed, samples, subject);
            System.out.printf("%-28s |t| = %6.1f  %s%n", name, t, t > LEAK ? "leak?" : "ok");
        }
        return t <= LEAK;
    }

    private static double measure(Random random, byte[] fixed, int samples, Consumer<byte[]> subject) {
        byte[] buffer = new byte[fixed.length];
        long[] times = new long[samples];
        boolean[] isFixed = new boolean[samples];
        for (int i = -WARM_UP; i < samples; i++) {
            boolean f = random.nextBoolean();
            byte[] fresh = AeadKeyContract.bytes(random, fixed.length);
            System.arraycopy(f ? fixed : fresh, 0, buffer, 0, fixed.length);
            displace();
            long start = System.nanoTime();
            subject.accept(buffer);
            long nanos = System.nanoTime() - start;
            if (i >= 0) {
                times[i] = nanos;
                isFixed[i] = f;
            }
        }
        return largestT(times, isFixed);
    }

    private static void displace() {
        long sum = 0;
        for (int i = 0; i < DISPLACED.length; i += 8) {
            sum += DISPLACED[i];
        }
        sink += sum;
    }

    private static double largestT(long[] times, boolean[] isFixed) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (double percentile : new double[] {0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0}) {
            long limit = sorted[(int) Math.ceil(percentile * sorted.length) - 1];
            largest = Math.max(largest, Math.abs(welch(times, isFixed, limit)));
        }
        return largest;
    }

    private static double welch(long[] times, boolean[] isFixed, long limit) {
        double[] n = new double[2];
        double[] mean = new double[2];
        double[] squares = new double[2];
        for (int i = 0; i < times.length; i++) {
            if (times[i] <= limit) {
                int c = isFixed[i] ? 0 : 1;
                n[c]++;
                double delta = times[i] - mean[c];
                mean[c] += delta / n[c];
                squares[c] += delta * (times[i] - mean[c]);
            }
        }
        double variance = squares[0] / (n[0] - 1) / n[0] + squares[1] / (n[1] - 1) / n[1];
        return variance == 0 ? 0 : (mean[0] - mean[1]) / Math.sqrt(variance);
    }
}
