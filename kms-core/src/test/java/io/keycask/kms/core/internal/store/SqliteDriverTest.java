package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDriverTest {
    @TempDir
    private Path folder;

    @Test
    void driver_thatIsNotThere_isNamed() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = classPathWithoutTheDriver()) {
            Thread.currentThread().setContextClassLoader(loader);
            Method driver = loader.loadClass(SqliteStore.class.getName()).getDeclaredMethod("driver");
            driver.setAccessible(true);

            assertThatThrownBy(() -> driver.invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("org.xerial:sqlite-jdbc");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URLClassLoader classPathWithoutTheDriver() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.toLowerCase(Locale.ROOT).contains("sqlite-jdbc")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void connection_thatWrites_hasTheSettingsThatTheStoreIsBuiltOn() throws Exception {
        try (Session session = connect(Dialect.Access.WRITE)) {
            assertThat(setting(session, "journal_mode")).isEqualTo("wal");
            assertThat(setting(session, "synchronous")).isEqualTo("2");
            assertThat(setting(session, "foreign_keys")).isEqualTo("1");
            assertThat(setting(session, "secure_delete")).isEqualTo("1");
            assertThat(Integer.parseInt(setting(session, "busy_timeout"))).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void connection_thatReads_cannotWrite() throws Exception {
        connect(Dialect.Access.WRITE).close();
        try (Session session = connect(Dialect.Access.READ)) {
            assertThatThrownBy(() -> session.execute("CREATE TABLE t (a)")).isInstanceOf(SQLException.class);
        }
    }

    private Session connect(Dialect.Access access) throws SQLException {
        return new SqliteDialect(SqliteStore.driver(), SqliteFile.prepare(folder.resolve("keys.db"))).connect(access);
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.queryOnce("PRAGMA " + name, result -> result.getString(1))
                .get(0);
    }
}
