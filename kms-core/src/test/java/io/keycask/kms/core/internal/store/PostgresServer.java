package io.keycask.kms.core.internal.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The PostgreSQL server of the tests of this JVM: the one that {@code KMS_TEST_PG_URL} names, or one that is started here
 * and ends with the JVM. {@code -Dkms.pg=off} skips the tests that need it.
 *
 * <p>Its database sorts text as Danish does, where "aa" stands behind "z": so lists that depend on the locale are found.
 */
public final class PostgresServer {
    private static final String URL_VARIABLE = "KMS_TEST_PG_URL";
    private static final String DATABASE = "keycask";

    private static PostgresServer only;

    private final String url;
    private final Path data;
    private final EmbeddedPostgres process;

    /** How the server was started. */
    private final List<String> command = new ArrayList<>();

    private PostgresServer(String url, Path data, EmbeddedPostgres process) {
        this.url = url;
        this.data = data;
        this.process = process;
    }

    /** Returns the server, which the first call starts. */
    public static synchronized PostgresServer get() {
        if ("off".equals(System.getProperty("kms.pg"))) {
            System.err.println("WARNING: kms.pg is off; the store is NOT tested on PostgreSQL");
            Assumptions.abort("kms.pg is off");
        }
        try {
            if (only == null) {
                String foreign = System.getenv(URL_VARIABLE);
                only = foreign == null ? start() : new PostgresServer(foreign, null, null);
            }
            return only;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "no PostgreSQL server could be started (as root that takes unshare); set " + URL_VARIABLE
                            + " to the JDBC URL of one",
                    e);
        }
    }

    private static PostgresServer start() throws IOException, SQLException {
        Path target = Files.createDirectories(Path.of("target"));
        Path data = Files.createTempDirectory(target, "postgres").toAbsolutePath();
        EmbeddedPostgres process = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on") // it is off otherwise
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60")
                .start();
        try (Connection connection = process.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE
                    + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'da' LOCALE 'C'");
        }
        return new PostgresServer(process.getJdbcUrl("postgres", DATABASE), data, process);
    }

    /** Returns the JDBC URL of the database, of which the tests use schemas of their own. */
    public String url() {
        return url;
    }

    /** Makes a schema and returns the JDBC URL that leads to it. */
    public String newSchema() {
        String schema = "s" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    /** Ends the server as a crash does, without a word to its clients, and returns when it is gone. */
    public void crash() throws Exception {
        Assumptions.assumeTrue(process != null, "the server of " + URL_VARIABLE + " is not ended by tests");
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        command.clear();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U")); // as it was started
        }
        command.add(server.info().command().orElseThrow());
        command.addAll(List.of(server.info().arguments().orElseThrow()));
        // SIGQUIT: every process of the server exits at once, without a checkpoint
        new ProcessBuilder("kill", "-QUIT", String.valueOf(pid)).start().waitFor();
        server.onExit().get(1, TimeUnit.MINUTES);
    }

    /** Starts the server again after {@link #crash}, as it was started before, and returns when it answers. */
    public void restart() throws IOException {
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long start = System.nanoTime();
        while (!answers()) {
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(1)) {
                throw new IOException("the server does not start again: " + command);
            }
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
