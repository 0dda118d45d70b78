package io.keycask.kms.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the programs of {@code src/modular} against the published jars on the module path and runs them there, each in
 * a JVM of its own. What they print shows that the jars are modules by their own description.
 */
final class ModularProgramsIT {
    @TempDir
    Path folder;

    @Test
    void aesOnly_withoutBouncyCastle_runs() throws Exception {
        ForkedProcess program = compileAndRun("aes", jars("runtime"));

        assertThat(program.status()).as(program.output()).isZero();
        assertThat(program.output().lines())
                .contains("opened what was encrypted")
                .contains("explicit modules: io.keycask.kms, io.keycask.kms.core, io.keycask.kms.crypto,"
                        + " io.keycask.kms.soft")
                .contains("hidden: io.keycask.kms.core.internal.store")
                .contains("Bouncy Castle: absent")
                .contains("signature on P-256: true")
                .contains("SM2 without Bouncy Castle: SM2 needs org.bouncycastle:bcprov-jdk18on, which is not there")
                .anyMatch(line ->
                        line.startsWith("passphrase without Bouncy Castle: ") && line.contains("bcprov-jdk18on"));
    }

    @Test
    void passphrase_withBouncyCastle_runs() throws Exception {
        List<String> modulePath = new ArrayList<>(jars("runtime"));
        modulePath.addAll(jars("bouncycastle"));

        ForkedProcess program = compileAndRun("bouncycastle", modulePath);

        assertThat(program.status()).as(program.output()).isZero();
        assertThat(program.output().lines())
                .contains("opened what was encrypted")
                .contains("signature by SM2: true")
                .contains("Bouncy Castle: present");
    }

    @Test
    void hsm_onSoftHsm2_runs() throws Exception {
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\n");
        ForkedProcess token = withSoftHsm(List.of(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "keycask",
                "--so-pin",
                "87654321",
                "--pin",
                "123456"));
        assertThat(token.status()).as(token.output()).isZero();
        Path pin = Files.writeString(folder.resolve("pin"), "123456\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("hsm.properties"),
                "library = " + softHsm() + "\ntoken.label = keycask\npin = file:" + pin + "\noaepHashes = SHA_1\n");

        ForkedProcess program = withSoftHsm(ForkedProcess.javaCommand(
                "org.xerial.sqlitejdbc,com.sun.jna",
                compile("hsm", jars("runtime")).toArray(String[]::new)));

        assertThat(program.status()).as(program.output()).isZero();
        assertThat(program.output().lines())
                .contains("opened what was encrypted")
                .contains("signature on P-256: true");
    }

    private ForkedProcess withSoftHsm(List<String> command) throws IOException, InterruptedException {
        List<String> withSettings = new ArrayList<>(List.of("env", "SOFTHSM2_CONF=" + folder.resolve("softhsm2.conf")));
        withSettings.addAll(command);
        return ForkedProcess.run(folder, withSettings);
    }

    private static Path softHsm() {
        return Stream.of("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
                .map(lib -> Path.of(lib, "softhsm", "libsofthsm2.so"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("SoftHSM2 is not installed; bin/verify installs it"));
    }

    private ForkedProcess compileAndRun(String name, List<String> jars) throws IOException, InterruptedException {
        return ForkedProcess.java(folder, compile(name, jars).toArray(String[]::new));
    }

    /** Returns the arguments that run the program. */
    private List<String> compile(String name, List<String> jars) throws IOException {
        Path classes = folder.resolve("classes");
        String modulePath = String.join(":", jars);
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all,-requires-automatic", "-Werror", "-proc:none", "-p", modulePath, "-d", classes.toString()));
        try (Stream<Path> sources = Files.walk(Path.of("src/modular", name))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(compiled).isZero();
        return List.of("-p", classes + ":" + modulePath, "-m", "example." + name + "/example." + name + ".Program");
    }

    private static List<String> jars(String which) throws IOException {
        List<String> jars = Arrays.asList(Files.readString(Path.of("target", which + ".classpath"))
                .strip()
                .split(":"));
        assertThat(jars).isNotEmpty().allMatch(jar -> jar.endsWith(".jar"));
        return jars;
    }
}
