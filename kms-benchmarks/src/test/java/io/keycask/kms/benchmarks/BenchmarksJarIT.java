package io.keycask.kms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code target/benchmarks.jar} as a user does. */
final class BenchmarksJarIT {
    private static final String BARE_SM4 = "[bouncycastle, keycask, kona, kona-native]";
    private static final String STREAMS = "[aws-esdk, keycask, tink-streaming-1m, tink-streaming-4k]";
    private static final String ENVELOPES = "[aws-esdk, aws-esdk-cached, jdk, keycask, keycask-sm4, tink-aead,"
            + " tink-envelope, tink-streaming-1m, tink-streaming-4k]";
    private static final String FRESH =
            "[aws-esdk, jdk-one-shot, keycask, keycask-streamed, tink-aead," + " tink-streaming-1m, tink-streaming-4k]";

    /** Every benchmark with every implementation; what every native library of a peer needs is seen here too. */
    @Test
    void run_ofEverythingForAMoment_measuresAllAndMakesTables(@TempDir Path folder) throws Exception {
        runJar(
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "5ms",
                "-p",
                "size=1000",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                folder.resolve("quick.json").toString());

        List<Result> results = Report.read(folder);
        Map<String, TreeSet<String>> implementations = new TreeMap<>();
        for (Result result : results) {
            implementations
                    .computeIfAbsent(result.method(), method -> new TreeSet<>())
                    .add(result.impl());
            assertThat(result.medians()).containsKeys(Result.WALL, Result.CPU, Result.ALL_CPU);
        }
        assertThat(implementations.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()))
                .containsExactly(
                        "AesGcmBenchmark.decrypt [bouncycastle, conscrypt, corretto, jdk, keycask]",
                        "AesGcmBenchmark.encrypt [bouncycastle, conscrypt, corretto, jdk, keycask]",
                        "CmkBenchmark.decrypt []",
                        "CmkBenchmark.encrypt []",
                        "CmkBenchmark.generateDataKey []",
                        "EnvelopeBenchmark.decrypt " + ENVELOPES,
                        "EnvelopeBenchmark.encrypt " + ENVELOPES,
                        "FileBenchmark.decrypt [keycask, keycask-2-threads]",
                        "FileBenchmark.encrypt [keycask, keycask-2-threads]",
                        "FreshJvmBenchmark.encrypt " + FRESH,
                        "FreshJvmBenchmark.openAndEncrypt " + FRESH,
                        "PolicyBenchmark.decide []",
                        "RecordBenchmark.decrypt [jdk, keycask]",
                        "RecordBenchmark.encrypt [jdk, keycask]",
                        "Sm3Benchmark.digest " + BARE_SM4,
                        "Sm4GcmBenchmark.decrypt " + BARE_SM4,
                        "Sm4GcmBenchmark.encrypt " + BARE_SM4,
                        "StartBenchmark.run [keycask, sqlite]",
                        "StreamBenchmark.decrypt " + STREAMS,
                        "StreamBenchmark.encrypt " + STREAMS);
        assertThat(new Report(results).markdown())
                .contains("| envelope of 1 and 16 MiB, rate | the JDK in pieces of 64 KiB | ≥ 0.85: not measured |")
                .containsPattern("first envelope, wall time \\|[^|]*\\| ≤ 150 ms more: -?\\d+ ms");
    }

    @Test
    void run_inAJvmOfItsOwn_givesScoreCpuTimeAndAllocation() throws Exception {
        String output = runJar(
                "Sm4GcmBenchmark",
                "-p",
                "impl=keycask",
                "-p",
                "size=1000",
                "-f",
                "1",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "50ms",
                "-foe",
                "true",
                "-prof",
                "gc",
                "-jvmArgsPrepend",
                "--add-modules jdk.incubator.vector");

        for (String metric : new String[] {"", ":cpu", ":cpu.all", ":gc.alloc.rate.norm"}) {
            assertThat(output.lines().filter(line -> line.startsWith("Sm4GcmBenchmark.encrypt" + metric + " ")))
                    .as(metric)
                    .hasSize(1);
        }
    }

    private static String runJar(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/benchmarks.jar"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
