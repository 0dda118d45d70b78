package io.keycask.kms.core.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process, as the store knows it.
 *
 * @param description what tells people which process it was
 * @param heartbeat after this time without a sign of life the audit chain of the process counts as interrupted
 */
public record Instance(String description, Duration heartbeat) {
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(60);
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** Returns this process. */
    public static Instance current() {
        return new Instance("pid " + ProcessHandle.current().pid() + " on " + hostName(), DEFAULT_HEARTBEAT);
    }

    // not InetAddress.getLocalHost(), which may ask a name server and wait for it
    private static String hostName() {
        try {
            if (Files.isReadable(LINUX_HOST_NAME)) {
                return Files.readString(LINUX_HOST_NAME, StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            // the environment is asked instead
        }
        String windows = System.getenv("COMPUTERNAME");
        String unix = System.getenv("HOSTNAME");
        return windows != null ? windows : unix != null ? unix : "an unnamed host";
    }
}
