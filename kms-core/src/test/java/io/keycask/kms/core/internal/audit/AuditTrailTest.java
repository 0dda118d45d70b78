package io.keycask.kms.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AuditTrailTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    /** A sink whose commits wait for a permit each and fail while it is broken. */
    private static final class TestSink implements AuditTrail.Sink {
        final List<List<AuditEvent>> groups = new ArrayList<>();
        final Semaphore permits;
        final Semaphore attempts = new Semaphore(0);
        volatile boolean broken;

        TestSink(int permits) {
            this.permits = new Semaphore(permits);
        }

        @Override
        public void commit(List<AuditEvent> events) {
            attempts.release();
            permits.acquireUninterruptibly();
            if (broken) {
                throw StoreException.retryable("the disk is full", null);
            }
            synchronized (this) {
                groups.add(events);
            }
        }

        synchronized List<String> names() {
            return groups.stream().flatMap(List::stream).map(AuditEvent::name).toList();
        }
    }

    @Test
    void record_grouped_commitsEverythingInOrder() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        List<String> names = IntStream.range(0, 5_000).mapToObj(i -> "E" + i).toList();

        try (AuditTrail trail = new AuditTrail(sink, mode(false, Duration.ofMillis(1), 100, 200, LONG))) {
            names.forEach(name -> trail.record(event(name)));
        }

        assertThat(sink.names()).isEqualTo(names);
        assertThat(sink.groups).allSatisfy(group -> assertThat(group).hasSizeBetween(1, 100));
    }

    @Test
    void flush_beforeTheWindowIsOver_commits() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        try (AuditTrail trail = new AuditTrail(sink, mode(false, LONG, 100, 200, LONG))) {
            trail.record(event("Encrypt"));

            trail.flush();

            assertThat(sink.names()).containsExactly("Encrypt");
        }
    }

    @Test
    void record_groupThatIsFull_doesNotWaitForTheWindow() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        try (AuditTrail trail = new AuditTrail(sink, mode(false, LONG, 3, 200, LONG))) {
            trail.record(event("A"));
            trail.record(event("B"));
            trail.record(event("C"));

            sink.attempts.acquireUninterruptibly();
        }

        assertThat(sink.groups.get(0)).hasSize(3);
    }

    @Test
    void record_strict_returnsAfterTheCommit() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        try (AuditTrail trail = new AuditTrail(sink, mode(true, Duration.ZERO, 100, 200, LONG))) {
            trail.record(event("Encrypt"));

            assertThat(sink.names()).containsExactly("Encrypt");
        }
    }

    @Test
    void record_strictByManyThreads_isOneGroup() throws Exception {
        TestSink sink = new TestSink(0);
        ExecutorService threads = Executors.newFixedThreadPool(9);
        try (AuditTrail trail = new AuditTrail(sink, mode(true, Duration.ZERO, 100, 200, LONG))) {
            List<Future<?>> records = new ArrayList<>();
            records.add(threads.submit(() -> trail.record(event("first"))));
            sink.attempts.acquire(); // the first one is being committed; the others wait behind it
            CountDownLatch started = new CountDownLatch(8);
            for (int i = 0; i < 8; i++) {
                records.add(threads.submit(() -> {
                    started.countDown();
                    trail.record(event("next"));
                }));
            }
            started.await();
            while (trail.waiting() < 9) {
                Thread.onSpinWait();
            }
            sink.permits.release(2);
            for (Future<?> record : records) {
                record.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(sink.groups).extracting(List::size).containsExactly(1, 8);
    }

    @Test
    void record_whileTheSinkFails_keepsTheEventsAndTriesAgain() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        sink.broken = true;
        try (AuditTrail trail = new AuditTrail(sink, mode(false, SHORT, 100, 200, LONG))) {
            trail.record(event("A"));
            sink.attempts.acquireUninterruptibly(3);
            trail.record(event("B"));

            sink.broken = false;
            trail.flush();

            assertThat(sink.names()).containsExactly("A", "B");
        }
    }

    @Test
    void record_queueThatStaysFull_isRefusedAndNothingIsLost() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        sink.broken = true;
        try (AuditTrail trail = new AuditTrail(sink, mode(false, SHORT, 2, 2, SHORT))) {
            trail.record(event("A"));
            trail.record(event("B"));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> trail.record(event("C")))
                    .matches(StoreException::isRetryable)
                    .withMessageContaining("2 events");
            sink.broken = false;
        }

        assertThat(sink.names()).containsExactly("A", "B");
    }

    @Test
    void record_queueThatIsFullForAMoment_waits() throws Exception {
        TestSink sink = new TestSink(0);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (AuditTrail trail = new AuditTrail(sink, mode(false, Duration.ZERO, 1, 1, LONG))) {
            trail.record(event("A"));
            Future<?> second = threads.submit(() -> trail.record(event("B")));
            sink.attempts.acquire();

            assertThat(second.isDone()).isFalse();
            sink.permits.release(2);
            second.get();
        } finally {
            threads.shutdown();
        }

        assertThat(sink.names()).containsExactly("A", "B");
    }

    @Test
    void record_strictWhoseEventIsNotCommittedInTime_saysSoAndKeepsIt() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        sink.broken = true;
        try (AuditTrail trail = new AuditTrail(sink, mode(true, Duration.ZERO, 100, 200, SHORT))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> trail.record(event("A")))
                    .matches(StoreException::isRetryable);
            sink.broken = false;
        }

        assertThat(sink.names()).containsExactly("A");
    }

    @Test
    void close_whatCannotBeWritten_isReported() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        sink.broken = true;
        AuditTrail trail = new AuditTrail(sink, mode(false, SHORT, 100, 200, SHORT));
        trail.record(event("A"));
        trail.record(event("B"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(trail::close)
                .withMessageContaining("2 audit events")
                .satisfies(e -> assertThat(e.getCause()).hasMessage("the disk is full"));
        trail.close(); // a second time there is nothing left to report
        assertThatThrownBy(() -> trail.record(event("C"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void record_interruptedThread_recordsAndStaysInterrupted() {
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        try (AuditTrail trail = new AuditTrail(sink, mode(true, Duration.ZERO, 100, 200, LONG))) {
            Thread.currentThread().interrupt();

            trail.record(event("A"));

            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(sink.names()).containsExactly("A");
    }

    @Test
    void record_byManyThreads_losesAndDoublesNothing() throws Exception {
        int threads = 8;
        int each = 2_000;
        TestSink sink = new TestSink(Integer.MAX_VALUE);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (AuditTrail trail = new AuditTrail(sink, mode(false, Duration.ofMillis(1), 64, 128, LONG))) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                all.add(pool.submit(
                        () -> IntStream.range(0, each).forEach(i -> trail.record(event("T" + thread + "-" + i)))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(sink.names()).hasSize(threads * each).doesNotHaveDuplicates();
        for (int t = 0; t < threads; t++) {
            String prefix = "T" + t + "-";
            assertThat(sink.names().stream().filter(name -> name.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    private static AuditMode mode(boolean strict, Duration window, int group, int capacity, Duration patience) {
        return new AuditMode(strict, window, group, capacity, patience);
    }

    private static AuditEvent event(String name) {
        return new AuditEvent(UUID.randomUUID(), Instant.EPOCH, name, false, "root", null, "", Map.of());
    }
}
