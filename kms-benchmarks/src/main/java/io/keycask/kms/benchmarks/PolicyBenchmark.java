package io.keycask.kms.benchmarks;

import io.keycask.kms.AccessControl;
import io.keycask.kms.AccessDecision;
import io.keycask.kms.Caller;
import io.keycask.kms.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a decision cost, by the number of statements that the caller has?
 *
 * <p>{@code simulate} is an operation with an audit event, which costs more than the decision. With 0 statements the
 * caller has no policy: what the others take more than that is their statements. Every statement is about the action that
 * is asked for; half of them name a key, half a tag and a range of addresses, and the one that decides is the last.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class PolicyBenchmark {
    private static final int STATEMENTS_OF_POLICY = 20;
    private static final String KEY = "qcs::kms:local:uin/root:key/creatorUin/user/0197a3c0-0000-7000-8000-";
    private static final Map<String, List<String>> ATTRIBUTES =
            Map.of("qcs:resource_tag", List.of("team&pay", "stage&live"), "qcs:ip", List.of("10.1.2.3"));

    /** The number of statements. */
    @Param({"0", "10", "100", "1000"})
    public int statements;

    private final Caller caller = Caller.account("alice");
    private TemporaryKms service;
    private AccessControl access;

    /** Attaches the policies and checks that the last statement decides. */
    @Setup
    public void open() throws IOException {
        service = new TemporaryKms();
        access = service.kms().access();
        access.createAccount("alice");
        for (int first = 0; first < statements; first += STATEMENTS_OF_POLICY) {
            String name = "policy-" + (1_000 + first);
            access.createPolicy(name, policy(first));
            access.attachPolicy(name, Principal.account("alice"));
        }
        if (decide().isAllowed() != (statements > 0)) {
            throw new IllegalStateException("another decision than wanted");
        }
    }

    private String policy(int first) {
        return IntStream.range(first, Math.min(statements, first + STATEMENTS_OF_POLICY))
                .mapToObj(this::statement)
                .collect(Collectors.joining(",", "{\"version\":\"2.0\",\"statement\":[", "]}"));
    }

    private String statement(int i) {
        String start = "{\"effect\":\"allow\",\"action\":\"kms:Encrypt\",\"resource\":";
        if (i == statements - 1) {
            return start + "\"*\"}";
        }
        return i % 2 == 0
                ? start + "\"" + KEY + String.format("%012x", i + 1) + "\"}"
                : start + "\"*\",\"condition\":{\"for_any_value:string_equal\":{\"qcs:resource_tag\":\"team&t" + i
                        + "\"},\"ip_equal\":{\"qcs:ip\":\"10.0.0.0/8\"}}}";
    }

    /** May the caller encrypt with a key that no statement names? */
    @Benchmark
    public AccessDecision decide() {
        return access.simulate(caller, "kms:Encrypt", KEY + "ffffffffffff", ATTRIBUTES);
    }

    /** Closes the service. */
    @TearDown
    public void close() throws IOException {
        service.close();
    }
}
