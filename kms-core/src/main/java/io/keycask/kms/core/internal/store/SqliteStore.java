package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Opens the store in an SQLite file. The driver is the application's; this class only asks for it by name. */
public final class SqliteStore {
    private static final String DRIVER = "org.sqlite.JDBC";

    private SqliteStore() {}

    /**
     * Opens the store in this file, which is created (for its owner only) if it is not there.
     *
     * @throws StoreException if there is no driver, or the path does not lead to a usable store
     * @throws io.keycask.kms.ProviderException if the anchor cannot unseal the store key; nothing is written then
     */
    public static Store open(Path file, StoreAnchor anchor, Instance instance) {
        return SqlStore.open(dialect(file), anchor, instance);
    }

    /**
     * Makes a consistent copy of the database, also while it is in use, in a file for its owner only.
     *
     * @throws StoreException if there is no such database, or something is at the place of the copy
     */
    public static void copy(Path file, Path copy) {
        SqliteFile.requirePresent(file);
        SqliteDialect dialect = dialect(file);
        Path target = SqliteFile.create(copy);
        boolean done = false;
        try (Session session = dialect.connect(Dialect.Access.WRITE)) {
            session.update("VACUUM INTO ?", target.toString());
            SqliteFile.force(target);
            done = true;
        } catch (SQLException e) {
            throw StoreException.retryable(file + " could not be copied: " + e.getMessage(), e);
        } finally {
            if (!done) {
                SqliteFile.deleteIncomplete(target);
            }
        }
    }

    static SqliteDialect dialect(Path file) {
        return new SqliteDialect(driver(), SqliteFile.prepare(file));
    }

    static Driver driver() {
        ClassLoader own = SqliteStore.class.getClassLoader();
        Driver found = driver(own);
        if (found == null) {
            found = driver(Thread.currentThread().getContextClassLoader());
        }
        if (found == null) {
            throw StoreException.permanent(
                    "there is no SQLite driver; expected org.xerial:sqlite-jdbc on the class path or module path",
                    null);
        }
        return found;
    }

    private static @Nullable Driver driver(@Nullable ClassLoader loader) {
        try {
            return Class.forName(DRIVER, true, loader)
                    .asSubclass(Driver.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw StoreException.permanent("the SQLite driver is not usable: " + e, e);
        } catch (InvocationTargetException | LinkageError e) {
            throw StoreException.permanent("the SQLite driver does not load: " + e, e);
        }
    }
}
