package io.keycask.kms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code target/benchmarks.jar} as a user does. */
final class BenchmarksJarIT {
    @Test
    void list_ofAllBenchmarks_hasTheEnvelope() throws Exception {
        assertThat(runJar("-l")).contains("EnvelopeBenchmark.encrypt").contains("EnvelopeBenchmark.decrypt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycask", "keycask-sm4", "jdk"})
    void run_ofOneShortIteration_givesScoreAndCpuTime(String impl) throws Exception {
        String output = runJar(
                "EnvelopeBenchmark",
                "-p",
                "impl=" + impl,
                "-p",
                "size=1024,40000",
                "-f",
                "1",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "100ms",
                "-foe",
                "true");

        assertThat(output.lines().filter(line -> line.matches("EnvelopeBenchmark\\.(en|de)crypt\\s.*us/op")))
                .hasSize(4);
        assertThat(output.lines().filter(line -> line.matches("EnvelopeBenchmark\\.(en|de)crypt:cpu\\s.*ns/op")))
                .hasSize(4);
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
