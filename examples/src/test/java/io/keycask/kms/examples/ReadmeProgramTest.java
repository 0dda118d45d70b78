package io.keycask.kms.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program, as it stands in the README. */
final class ReadmeProgramTest {
    private static final Path SOURCE = Path.of("src/main/java/io/keycask/kms/examples/FirstProgram.java");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("It prints `(.*?)`");
    private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");

    @TempDir
    Path folder;

    @Test
    void program_inTheReadme_isFirstProgram() throws IOException {
        String source =
                Files.readString(SOURCE).replaceFirst("package .*;\\s+", "").replaceFirst("@SuppressWarnings.*\n", "");

        assertThat(readme(JAVA_BLOCK)).isEqualTo(source);
    }

    @Test
    void program_inTheReadme_compilesAndRunsTwice() throws Exception {
        String program = readme(JAVA_BLOCK);
        Matcher name = CLASS_NAME.matcher(program);
        assertThat(name.find()).isTrue();
        Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), program);
        String classPath = System.getProperty("java.class.path");

        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-Werror", "-proc:none", "-cp", classPath, source.toString());
        ForkedProcess first = run(name.group(1), classPath);
        ForkedProcess second = run(name.group(1), classPath);

        assertThat(compiled).isZero();
        assertThat(first.status()).as(first.output()).isZero();
        assertThat(second).isEqualTo(first);
        assertThat(first.output().strip()).matches(Pattern.quote(readme(OUTPUT)).replace("…", "\\E\\d+\\Q"));
        assertThat(folder.resolve("keys.db")).exists();
        assertThat(folder.resolve("secrets/root.key")).exists();
    }

    private ForkedProcess run(String program, String classPath) throws IOException, InterruptedException {
        return ForkedProcess.java(folder, "-cp", folder + ":" + classPath, program);
    }

    private static String readme(Pattern block) throws IOException {
        String text = Files.readString(Path.of("../README.md"), StandardCharsets.UTF_8);
        Matcher found = block.matcher(text);
        assertThat(found.find()).as("README.md has a block " + block).isTrue();
        return found.group(1);
    }
}
