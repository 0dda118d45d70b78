package io.keycask.kms.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures CPU time per operation, in nanoseconds: {@code cpu}, that of JMH's worker threads, and {@code cpu.all}, that of the
 * whole process with the JIT compiler, the garbage collector and what a library does in the background.
 *
 * <p>On a machine that other programs use as well, wall-clock scores say more about them than about the benchmark. Set-up
 * and tear-down fall into the first and the last iteration, so take the median of several.
 */
public final class CpuTimeProfiler implements InternalProfiler {
    private static final String WORKER_NAME = "-jmh-worker-";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private Map<Long, Long> before = Map.of();
    private long processBefore;

    @Override
    public String getDescription() {
        return "CPU time per operation, of the worker threads and of the whole process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = workerCpuNanos();
        processBefore = system.getProcessCpuTime();
    }

    @Override
    public List<Result<ScalarResult>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long process = system.getProcessCpuTime() - processBefore;
        long operations = result.getMetadata().getAllOps();
        if (operations == 0) {
            return List.of();
        }
        long nanos = workerCpuNanos().entrySet().stream()
                .mapToLong(worker -> worker.getValue() - before.getOrDefault(worker.getKey(), 0L))
                .sum();
        return List.of(perOperation("cpu", nanos, operations), perOperation("cpu.all", process, operations));
    }

    private static ScalarResult perOperation(String label, long nanos, long operations) {
        return new ScalarResult(label, (double) nanos / operations, "ns/op", AggregationPolicy.AVG);
    }

    private Map<Long, Long> workerCpuNanos() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().contains(WORKER_NAME))
                .collect(Collectors.toMap(
                        info -> info.getThreadId(), info -> threads.getThreadCpuTime(info.getThreadId())));
    }
}
