package io.keycask.kms.benchmarks;

import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** The program that {@link StartBenchmark} starts. */
final class FirstEnvelope {
    /** The plaintext of the message. */
    static final byte[] PLAINTEXT = "the first envelope".getBytes(StandardCharsets.UTF_8);

    private FirstEnvelope() {}

    /** {@code keycask FOLDER} makes a store, a key and a message there; {@code sqlite FOLDER} opens a connection to SQLite. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("sqlite")) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"))) {
                connection.createStatement().execute("create table t (a integer)");
            }
            return;
        }
        try (Kms kms = TemporaryKms.open(folder)) {
            byte[] message = kms.createKey(NewKey.named("benchmark")).envelope().encrypt(PLAINTEXT, Envelopes.CONTEXT);
            Files.write(message(folder), message);
        }
    }

    static Path message(Path folder) {
        return folder.resolve("message");
    }
}
