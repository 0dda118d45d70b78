package io.keycask.kms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static final String JSON = """
            [{
              "benchmark": "io.keycask.kms.benchmarks.Sm4GcmBenchmark.encrypt",
              "jdkVersion": "25.0.1",
              "jvmArgs": ["--add-modules", "jdk.incubator.vector", "-Xmx1g"],
              "params": {"impl": "keycask", "size": "1024"},
              "primaryMetric": {"score": 9.0, "scoreUnit": "us/op", "rawData": [[1.0, 2.0, 30.0], [4.0]]},
              "secondaryMetrics": {
                "cpu": {"score": 9.0, "scoreUnit": "ns/op", "rawData": [[5.0, 700.0, 6.0]]},
                "gc.alloc.rate.norm": {"score": 1.0, "scoreUnit": "B/op", "rawData": [[16.0]]}
              }
            }]
            """;

    @TempDir
    Path folder;

    @Test
    void parse_whatJmhWrites_takesMedians() throws IOException {
        Files.writeString(folder.resolve("one.json"), JSON);

        List<Result> results = Report.read(folder);

        assertThat(results)
                .containsExactly(new Result(
                        "Sm4GcmBenchmark.encrypt",
                        "keycask",
                        1024,
                        25,
                        true,
                        Map.of(Result.WALL, 3000.0, Result.CPU, 6.0, Result.ALLOCATION, 16.0)));
        assertThat(new Report(results).markdown()).contains("| keycask, Vector API | encrypt, 1024 B | 16 |");
    }

    @Test
    void row_peerTakesLongEnough_isMet() {
        Target target = Target.of("a", "b").in("T", "m", "ours", "peer", 1, 2).atLeast(17, 2);

        String row = target.row(
                List.of(at("ours", 1, 10), at("peer", 1, 20), at("ours", 2, 10), at("peer", 2, 35)), List.of(17, 25));

        assertThat(row).isEqualTo("| a | b | ≥ 2.00: 2.00 to 3.50 ✔ |  |");
    }

    @Test
    void row_onePointFallsShort_isNotMet() {
        Target target = Target.of("a", "b").in("T", "m", "ours", "peer", 1, 2).atLeast(17, 2);

        String row = target.row(
                List.of(at("ours", 1, 10), at("peer", 1, 19), at("ours", 2, 10), at("peer", 2, 200)), List.of(17));

        assertThat(row).isEqualTo("| a | b | ≥ 2.00: 1.90 to 20 ✘ |");
    }

    @Test
    void row_costAtMost_isTheInverse() {
        Target target = Target.of("a", "b")
                .in("T", "m", "ours", "peer", 1)
                .costAtMost(17, 1.4)
                .costAtMost(25, 1.4);

        assertThat(target.row(List.of(at("ours", 1, 13), at("peer", 1, 10)), List.of(17, 25)))
                .isEqualTo("| a | b | ≤ 1.40: 1.30 ✔ | ≤ 1.40: not measured |");
        assertThat(target.row(List.of(at("ours", 1, 15), at("peer", 1, 10)), List.of(17)))
                .isEqualTo("| a | b | ≤ 1.40: 1.50 ✘ |");
    }

    @Test
    void row_withVectors_takesNoOtherRuns() {
        Target target = Target.of("a", "b")
                .in("T", "m", "ours", "peer", 1)
                .withVectors()
                .atLeast(17, 2);

        assertThat(target.row(List.of(at("ours", 1, 1), at("peer", 1, 9)), List.of(17)))
                .isEqualTo("| a | b | ≥ 2.00: not measured |");
    }

    private static Result at(String impl, long size, double cpu) {
        return new Result("T.m", impl, size, 17, false, Map.of(Result.CPU, cpu));
    }
}
