package io.keycask.kms.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/setup.sh} on a machine without Maven, where nothing is really installed. */
final class SetUpScriptTest {
    private static final Path SCRIPT =
            Path.of("../bin/setup.sh").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void machineWithAJdkOnly() throws IOException {
        for (String tool : List.of("dirname", "basename", "sed", "readlink", "env")) {
            command(tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
    }

    @Test
    void setUp_asRoot_installsWhatIsMissing() throws Exception {
        command("id", "echo 0");
        command("apt-get", "echo \"apt-get $*\"  >>log; case $1 in install) echo true >mvn; /bin/chmod +x mvn;; esac");

        ForkedProcess setUp = setUp();

        assertThat(setUp.status()).as(setUp.output()).isZero();
        assertThat(setUp.output()).contains("installing maven");
        assertThat(folder.resolve("log"))
                .content()
                .contains("update")
                .contains("install -y --no-install-recommends maven");
    }

    @Test
    void setUp_withSudo_installsWhatIsMissing() throws Exception {
        command("id", "echo 1000");
        command("sudo", "echo \"sudo $*\" >>log; shift; exec \"$@\"");
        command("true", "");
        command("apt-get", "case $1 in install) echo true >mvn; /bin/chmod +x mvn;; esac");

        ForkedProcess setUp = setUp();

        assertThat(setUp.status()).as(setUp.output()).isZero();
        assertThat(folder.resolve("log")).content().contains("sudo -n true").contains("sudo -n apt-get update");
    }

    @Test
    void setUp_withoutSudo_printsTheLineToRunAndStops() throws Exception {
        command("id", "echo 1000");
        command("apt-get", "echo \"apt-get $*\" >>log");

        ForkedProcess setUp = setUp();

        assertThat(setUp.status()).isEqualTo(1);
        assertThat(setUp.output().lines())
                .singleElement()
                .asString()
                .contains("sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends maven'");
        assertThat(folder.resolve("log")).doesNotExist();
    }

    @Test
    void setUp_installationThatFails_stops() throws Exception {
        command("id", "echo 0");
        command("apt-get", "exit 100");

        ForkedProcess setUp = setUp();

        assertThat(setUp.status()).isEqualTo(1);
        assertThat(setUp.output()).contains("could not install");
    }

    @Test
    void setUp_withoutApt_saysWhatIsMissing() throws Exception {
        command("id", "echo 0");

        ForkedProcess setUp = setUp();

        assertThat(setUp.status()).isEqualTo(1);
        assertThat(setUp.output()).contains("missing: maven");
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private ForkedProcess setUp() throws IOException, InterruptedException {
        String path = "PATH=" + folder;
        String jdk = "JAVA_HOME=" + System.getProperty("java.home");
        return ForkedProcess.run(
                folder,
                List.of(
                        "/usr/bin/env",
                        "-i",
                        path,
                        jdk,
                        "/bin/bash",
                        "-c",
                        "NEWER_JDK_WILL_DO=yes; . " + SCRIPT + "; set_up; echo \"JAVA_HOME is $JAVA_HOME\""));
    }
}
