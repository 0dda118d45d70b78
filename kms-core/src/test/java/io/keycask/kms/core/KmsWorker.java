package io.keycask.kms.core;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.store.TestPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with an engine on PostgreSQL, run by {@link PostgresProcessesTest} in a JVM of its own. It does what it reads
 * from its standard input, one command in a line, and says in a line how each ended.
 */
final class KmsWorker {
    static final EncryptionContext CONTEXT = EncryptionContext.of("purpose", "processes");
    static final Duration STALENESS = Duration.ofMillis(200);
    static final Duration MAINTENANCE_INTERVAL = Duration.ofMillis(300);

    /** How far the clock is ahead, so that what is to be done in a week is due. */
    static final Duration AHEAD = Duration.ofDays(8);

    private final EmbeddedKms kms;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private KmsWorker(EmbeddedKms kms) {
        this.kms = kms;
    }

    public static void main(String[] arguments) throws Exception {
        TestPool pool = new TestPool(arguments[1]);
        try (pool;
                EmbeddedKms kms = TestKms.builder(Path.of(arguments[0]), JdbcStore.postgresql(pool))
                        .staleness(STALENESS)
                        .clock(Clock.offset(Clock.systemUTC(), AHEAD))
                        .maintenanceInterval(arguments[2].equals("maintains") ? MAINTENANCE_INTERVAL : Duration.ZERO)
                        .build()) {
            new KmsWorker(kms).run();
        }
    }

    private void run() throws IOException {
        out.println("READY");
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            String[] words = line.split(" ", -1);
            try {
                out.println(run(words[0], words.length > 1 ? words[1] : ""));
            } catch (KmsException e) {
                out.println("FAILED " + e.code() + " " + e.isRetryable());
            }
        }
    }

    private String run(String command, String argument) throws IOException {
        return switch (command) {
            case "create" -> "CREATED " + kms.createKey(NewKey.named(argument)).id();
            case "rotate" -> "ROTATED " + key(argument).rotate().id();
            case "encrypt" -> "ENCRYPTED " + encrypt(key(argument));
            case "encrypt-until-refused" -> encryptUntilRefused(key(argument));
            case "disable" -> {
                key(argument).disable();
                yield "DISABLED " + System.currentTimeMillis();
            }
            case "work" -> work();
            default -> throw new IllegalArgumentException(command);
        };
    }

    private SymmetricCmk key(String id) {
        return kms.symmetricKey(KeyId.parse(id));
    }

    private static String encrypt(SymmetricCmk key) {
        return key.encrypt(key.id().toString().getBytes(StandardCharsets.US_ASCII), CONTEXT)
                .toBase64();
    }

    /** Returns when the last call began that was not refused. */
    private String encryptUntilRefused(SymmetricCmk key) {
        encrypt(key);
        out.println("ENCRYPTING");
        long last = 0;
        while (true) {
            long start = System.currentTimeMillis();
            try {
                encrypt(key);
                last = start;
            } catch (KmsException e) {
                return "REFUSED " + e.code() + " " + last;
            }
        }
    }

    /** Makes, rotates and uses keys, whatever happens to the database, until the next line comes. */
    private String work() throws IOException {
        while (System.in.available() == 0) {
            try {
                SymmetricCmk key = kms.createKey(NewKey.named("work-" + UUID.randomUUID()));
                out.println("CREATED " + key.id());
                out.println("ROTATED " + key.id() + " " + key.rotate().id());
                out.println("ENCRYPTED " + encrypt(key));
            } catch (KmsException e) {
                // in one line, whatever the database says
                out.println(
                        (e.isRetryable() ? "AWAY " : "BROKEN ") + e.toString().replaceAll("\\s+", " "));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        return "DONE";
    }
}
