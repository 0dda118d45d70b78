package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several that use a root-key file for the first time at once agree on one key. */
final class RootKeyFileRaceTest {
    @TempDir
    private Path temp;

    @Test
    void firstUse_byManyThreads_makesOneKey() throws Exception {
        int threads = 8;
        var executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 40; round++) {
                Path file = temp.resolve("round" + round + "/root.key");
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<byte[]> task = () -> {
                    start.await();
                    return sealOnce(file);
                };
                List<byte[]> states = new ArrayList<>();
                for (Future<byte[]> done : executor.invokeAll(Collections.nCopies(threads, task))) {
                    states.add(done.get());
                }
                assertAllOpen(file, states);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void firstUse_byManyProcesses_makesOneKey() throws Exception {
        Path file = temp.resolve("secrets/root.key");
        Path go = temp.resolve("go");
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FirstUser.class.getName(),
                                file.toString(),
                                go.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            for (Process process : processes) {
                assertThat(process.getInputStream().read()).isEqualTo('r'); // ready
            }
            Files.createFile(go);
            List<byte[]> states = new ArrayList<>();
            for (Process process : processes) {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                states.add(HexFormat.of().parseHex(output.strip()));
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertAllOpen(file, states);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** Waits for the file "go", seals under the root key, and prints what it sealed. */
    static final class FirstUser {
        private FirstUser() {}

        public static void main(String[] args) throws Exception {
            Path go = Path.of(args[1]);
            System.out.print('r');
            System.out.flush();
            while (Files.notExists(go)) {
                Thread.onSpinWait();
            }
            System.out.println(HexFormat.of().formatHex(sealOnce(Path.of(args[0]))));
        }
    }

    private static byte[] sealOnce(Path file) {
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.file(file))) {
            return provider.sealState("race", Samples.secret());
        }
    }

    private static void assertAllOpen(Path file, List<byte[]> states) throws Exception {
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.file(file))) {
            for (byte[] state : states) {
                try (SecretBytes secret = provider.unsealState("race", state)) {
                    assertThat(secret.copy()).isEqualTo(Samples.secret().copy());
                }
            }
        }
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
