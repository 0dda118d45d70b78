package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as users get it, in JVMs of its own: with and without the Vector API, on the class path and as a module. */
final class BulkIT {
    private static final String JAR = System.getProperty("keycask.jar");
    private static final String TESTS = System.getProperty("keycask.test-classes");

    @Test
    void jar_withoutTheVectorModule_worksInPlainJava() throws Exception {
        assertThat(run(List.of("-cp", JAR + File.pathSeparator + TESTS))).contains("bulk: none", "same");
    }

    @Test
    void jar_withTheVectorModule_givesTheSameResults() throws Exception {
        List<String> output =
                run(List.of("--add-modules", "jdk.incubator.vector", "-cp", JAR + File.pathSeparator + TESTS));

        assertThat(output).contains("same");
        assertThat(output.toString()).contains(hasVectorCode() ? "bulk: the Vector API" : "bulk: none");
    }

    @Test
    void jar_asAModule_givesTheSameResults() throws Exception {
        List<String> output = run(List.of(
                "--add-modules",
                "jdk.incubator.vector,io.keycask.kms.crypto",
                "--module-path",
                JAR,
                "--patch-module",
                "io.keycask.kms.crypto=" + TESTS));

        assertThat(output).contains("module: true", "same");
        assertThat(output.toString()).contains(hasVectorCode() ? "bulk: the Vector API" : "bulk: none");
    }

    private static boolean hasVectorCode() throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            return Runtime.version().feature() >= 25
                    && jar.getEntry("META-INF/versions/25/io/keycask/kms/crypto/VectorBulk.class") != null;
        }
    }

    private static List<String> run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        boolean module = options.contains("--module-path");
        if (module) {
            command.addAll(List.of("--module", "io.keycask.kms.crypto/" + BulkCheck.class.getName()));
        } else {
            command.add(BulkCheck.class.getName());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
