package io.keycask.kms.pkcs11;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** NSS softokn with one database for this JVM. */
final class Nss {
    private static final String PIN = "pw1234-nss";
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libsoftokn3.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/libsoftokn3.so"),
            Path.of("/usr/lib64/libsoftokn3.so"));

    private static final Pkcs11Configuration TOKEN = create();

    private Nss() {}

    static Pkcs11Configuration token() {
        return TOKEN;
    }

    private static Pkcs11Configuration create() {
        try {
            Path library = PLACES.stream()
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("NSS softokn is not installed; bin/verify installs it"));
            Path folder = Files.createTempDirectory("nss");
            Path database = Files.createDirectory(folder.resolve("db"));
            Path pin = Files.createFile(
                    folder.resolve("pin"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(pin, PIN + "\n");
            run("certutil", "-N", "-d", "sql:" + database, "-f", pin.toString());
            return Pkcs11Configuration.library(library)
                    .tokenLabel("keycask")
                    .initArguments("configdir='sql:" + database
                            + "' certPrefix='' keyPrefix='' secmod='secmod.db' flags=optimizeSpace"
                            + " dbTokenDescription='keycask' dbSlotDescription='keycask slot'")
                    .pin(Pin.file(pin));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command[0] + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
