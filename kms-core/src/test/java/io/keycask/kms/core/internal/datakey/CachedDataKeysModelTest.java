package io.keycask.kms.core.internal.datakey;

import static io.keycask.kms.core.internal.datakey.FakeProvider.issue;
import static io.keycask.kms.core.internal.datakey.FakeProvider.key;
import static io.keycask.kms.core.internal.datakey.FakeProvider.opening;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeyId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random sequences of calls: the cache reuses, and wipes, exactly what a naive model does. */
final class CachedDataKeysModelTest {
    private static final int CALLS = 3_000;
    private static final int KEYS = 5;
    private static final Duration AGE = Duration.ofNanos(40);

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** A list in the order of age, searched from one end to the other. */
    private static final class Model {
        private static final class Entry {
            final Lookup lookup;
            final long born;
            final int number;
            long messages;
            long bytes;

            Entry(Lookup lookup, long born, int number) {
                this.lookup = lookup;
                this.born = born;
                this.number = number;
            }
        }

        private final List<Entry> entries = new ArrayList<>();
        private final DataKeyLimits limits;
        private final boolean counts;

        Model(DataKeyLimits limits, boolean counts) {
            this.limits = limits;
            this.counts = counts;
        }

        /** Returns the number of the data key that serves. */
        int take(Lookup lookup, long bytes, long now, int nextNumber) {
            if (counts && bytes > limits.maxBytes()) {
                return nextNumber;
            }
            for (Entry entry : List.copyOf(entries)) {
                if (entry.lookup.equals(lookup)) {
                    boolean serves =
                            now - entry.born < AGE.toNanos() && (!counts || entry.bytes + bytes <= limits.maxBytes());
                    if (serves) {
                        serve(entry, bytes);
                        return entry.number;
                    }
                    entries.remove(entry);
                }
            }
            if (entries.size() == limits.maxEntries()) {
                entries.remove(0);
            }
            Entry fresh = new Entry(lookup, now, nextNumber);
            entries.add(fresh);
            serve(fresh, bytes);
            return nextNumber;
        }

        private void serve(Entry entry, long bytes) {
            entry.messages++;
            entry.bytes += bytes;
            if (counts && entry.messages == limits.maxMessages()) {
                entries.remove(entry);
            }
        }

        void forget(KeyId key) {
            entries.removeIf(entry -> entry.lookup.isUnder(key));
        }

        void dropExpired(long now) {
            entries.removeIf(entry -> now - entry.born >= AGE.toNanos());
        }

        boolean holds(int number) {
            return entries.stream().anyMatch(entry -> entry.number == number);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void calls_inAnyOrder_doWhatTheModelDoes(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        DataKeyLimits limits =
                new DataKeyLimits(1 + random.nextInt(6), AGE, 1 + random.nextInt(8), 1 + random.nextInt(100));
        AtomicLong now = new AtomicLong(random.nextLong());
        FakeProvider provider = new FakeProvider();
        CachedDataKeys cache = new CachedDataKeys(limits, now::get);
        Model issued = new Model(limits, true);
        Model opened = new Model(limits, false);

        for (int i = 0; i < CALLS; i++) {
            int key = random.nextInt(KEYS);
            int next = provider.calls();
            switch (random.nextInt(8)) {
                case 0 -> now.addAndGet(random.nextInt(20));
                case 1 -> {
                    if (random.nextInt(4) == 0) {
                        cache.forget(key(key));
                        issued.forget(key(key));
                        opened.forget(key(key));
                    }
                }
                case 2 -> {
                    cache.dropExpired();
                    issued.dropExpired(now.get());
                    opened.dropExpired(now.get());
                }
                case 3, 4 -> {
                    OpenedFor what = opening(key, random.nextInt(3));
                    check(cache.open(what, provider::make), opened.take(what, 0, now.get(), next));
                }
                default -> {
                    IssuedFor what = issue(key);
                    long bytes = random.nextInt(60);
                    check(cache.issue(what, bytes, provider::make), issued.take(what, bytes, now.get(), next));
                }
            }
            assertThat(cache.size()).isEqualTo(issued.entries.size() + opened.entries.size());
        }

        for (int number = 0; number < provider.calls(); number++) {
            boolean isKept = issued.holds(number) || opened.holds(number);
            assertThat(provider.isWiped(number)).as("data key " + number).isEqualTo(!isKept);
        }
    }

    private static void check(Loan loan, int expected) {
        try (loan) {
            assertThat(FakeProvider.numberOf(loan.dataKey())).isEqualTo(expected);
        }
    }
}
