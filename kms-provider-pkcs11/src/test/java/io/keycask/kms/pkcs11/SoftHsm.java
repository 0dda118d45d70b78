package io.keycask.kms.pkcs11;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** SoftHSM2 with tokens of its own for this JVM; each test takes a token that no other test knows. */
final class SoftHsm {
    static final String PIN = "1234-user-pin";
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

    private static final Path CONFIGURATION = configure();

    private SoftHsm() {}

    static Path library() {
        return PLACES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("SoftHSM2 is not installed; bin/verify installs it"));
    }

    /** Makes a token and returns a configuration that uses it. */
    static Pkcs11Configuration newToken() {
        String label = "t-" + UUID.randomUUID().toString().substring(0, 18);
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-pin-5678");
        return Pkcs11Configuration.library(library())
                .tokenLabel(label)
                .pin(Pin.callback(PIN::toCharArray))
                .oaepHashes(Set.of(Pkcs11Configuration.OaepHash.SHA_1));
    }

    private static Path configure() {
        try {
            Path folder = Files.createTempDirectory("softhsm");
            Path tokens = Files.createDirectory(folder.resolve("tokens"));
            Path file = folder.resolve("softhsm2.conf");
            Files.writeString(
                    file,
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n"
                            + "slots.removable = false\n");
            // the library reads its configuration by getenv, when it is started
            int failed = NativeLibrary.getInstance("c")
                    .getFunction("setenv")
                    .invokeInt(new Object[] {"SOFTHSM2_CONF", file.toString(), 1});
            if (failed != 0) {
                throw new IllegalStateException("setenv failed");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("SOFTHSM2_CONF", CONFIGURATION.toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command[0] + " failed: " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
