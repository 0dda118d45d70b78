package io.keycask.kms.core.internal.datakey;

import static io.keycask.kms.core.internal.datakey.FakeProvider.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.DataKey;
import io.keycask.kms.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once: one call of the provider, limits that hold, and no computing with wiped keys. */
@Timeout(60)
final class CachedDataKeysThreadsTest {
    private static final int THREADS = 16;

    private final FakeProvider provider = new FakeProvider();

    private static CachedDataKeys cache(int maxEntries, long maxMessages) {
        return new CachedDataKeys(
                new DataKeyLimits(maxEntries, Duration.ofHours(1), maxMessages, Long.MAX_VALUE / 2), System::nanoTime);
    }

    @Test
    void issue_manyMissesAtOnce_callTheProviderOnce() throws Exception {
        CachedDataKeys cache = cache(10, 1_000);

        List<FutureTask<Integer>> results = concurrently(cache, provider::make);

        for (FutureTask<Integer> result : results) {
            assertThat(result.get()).isZero();
        }
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void issue_failingFlight_failsItsWaitersOnly() throws Exception {
        CachedDataKeys cache = cache(10, 1_000);
        AtomicInteger calls = new AtomicInteger();

        List<FutureTask<Integer>> results = concurrently(cache, () -> {
            calls.incrementAndGet();
            throw ProviderException.retryable("away", null);
        });

        for (FutureTask<Integer> result : results) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(result::get)
                    .withCauseInstanceOf(ProviderException.class);
        }
        assertThat(calls).hasValue(1);
        try (Loan next = cache.issue(issue(1), 0, provider::make)) {
            assertThat(next.isReused()).isFalse();
        }
    }

    /** Lets all threads ask for one data key, and the provider answer when all but one of them wait. */
    private static List<FutureTask<Integer>> concurrently(CachedDataKeys cache, Supplier<DataKey> source)
            throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        List<FutureTask<Integer>> results = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FutureTask<Integer> result = new FutureTask<>(() -> {
                try (Loan loan = cache.issue(issue(1), 0, () -> {
                    awaitUninterrupted(answer);
                    return source.get();
                })) {
                    return FakeProvider.numberOf(loan.dataKey());
                }
            });
            results.add(result);
            threads.add(new Thread(result));
        }
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        answer.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return results;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void issue_manyThreadsAndEvictions_noKeyServesMoreThanItsLimitOrAfterItsWiping() throws Exception {
        int perThread = 20_000;
        long maxMessages = 7;
        CachedDataKeys cache = cache(2, maxMessages);
        ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
        List<FutureTask<Boolean>> results = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t;
            results.add(new FutureTask<>(() -> {
                for (int i = 0; i < perThread; i++) {
                    try (Loan loan = cache.issue(issue((first + i) % 3), 1, provider::make)) {
                        int number = FakeProvider.numberOf(loan.dataKey());
                        assertThat(loan.dataKey().wrapped()).isEqualTo(FakeProvider.ciphertext(number));
                        served.add(number);
                    }
                }
                return true;
            }));
        }

        List<Thread> threads = results.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (FutureTask<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }

        Map<Integer, Integer> counts = new HashMap<>();
        served.forEach(number -> counts.merge(number, 1, Integer::sum));
        assertThat(counts.values()).allMatch(count -> count <= maxMessages);
        assertThat(served).hasSize(4 * perThread);
        assertThat(cache.size()).isLessThanOrEqualTo(2);
    }
}
