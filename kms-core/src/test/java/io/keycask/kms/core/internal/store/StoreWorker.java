package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A process that works with a store, run by tests in a JVM of its own. It says on a line each what it did. */
final class StoreWorker {
    static final TestAnchor ANCHOR = new TestAnchor(1);
    static final String COUNTER = "counter";

    private StoreWorker() {}

    public static void main(String[] arguments) {
        Dialect database = dialect(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        switch (arguments[0]) {
            case "open" -> SqlStore.open(database, ANCHOR, Instance.current()).close();
            case "count" -> count(database, rounds);
            case "write" -> write(database, rounds);
            case "write-unsynced" -> write(new UnsyncedDialect(database), rounds);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        say("DONE");
    }

    /** Returns the database with this file or JDBC URL. */
    private static Dialect dialect(String address) {
        return address.startsWith("jdbc:")
                ? new PostgresDialect(new TestPool(address))
                : SqliteStore.dialect(Path.of(address));
    }

    /** Starts a process that does this, with its temporary files in the folder. */
    static Process start(Path folder, List<String> before, String what, String address, int rounds) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add("-Dorg.sqlite.tmpdir=" + folder); // a killed process leaves SQLite's native library behind
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StoreWorker.class.getName()));
        command.addAll(List.of(what, address, String.valueOf(rounds)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Adds one to the number in the counter's description, which exists, so many times. */
    private static void count(Dialect dialect, int rounds) {
        try (Store store = SqlStore.open(dialect, ANCHOR, Instance.current())) {
            KeyId counter = store.idOfAlias(COUNTER).orElseThrow();
            say("READY");
            for (int i = 0; i < rounds; i++) {
                store.write(tx -> {
                    KeyRecord key = tx.key(counter).orElseThrow();
                    tx.audit(TestKeys.event("Count"));
                    int next = Integer.parseInt(key.description()) + 1;
                    return tx.update(key.change(draft -> draft.description(String.valueOf(next))));
                });
            }
        }
    }

    /** Creates keys and rotates them, and says {@code id rowVersion} after every commit. */
    private static void write(Dialect dialect, int rounds) {
        try (Store store = SqlStore.open(dialect, ANCHOR, new Instance("worker", Duration.ofDays(1)))) {
            say("READY");
            for (int i = 0; i < rounds; i++) {
                KeyRecord created = store.write(tx -> {
                    tx.audit(TestKeys.event("CreateKey"));
                    return tx.insert(TestKeys.key("key-" + UUID.randomUUID()));
                });
                say(created.id() + " " + created.rowVersion());
                KeyRecord rotated = store.write(tx -> {
                    tx.audit(TestKeys.event("RotateKey"));
                    KeyRecord key = tx.key(created.id()).orElseThrow();
                    KeyVersionId version = new KeyVersionId(UUID.randomUUID().getLeastSignificantBits());
                    return tx.update(key.change(
                            draft -> draft.version(KeyVersionRecord.ready(version, TestKeys.NOON, new byte[100]))
                                    .current(version)));
                });
                say(rotated.id() + " " + rotated.rowVersion());
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** SQLite as it must not be set up: a commit does not wait for the disk. */
    private static final class UnsyncedDialect extends DelegatingDialect {
        UnsyncedDialect(Dialect dialect) {
            super(dialect);
        }

        @Override
        public Session connect(Access access) throws SQLException {
            Session session = super.connect(access);
            session.execute("PRAGMA synchronous = NORMAL");
            return session;
        }
    }
}
