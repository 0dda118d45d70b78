package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database file before SQLite opens it: it is created for its owner only, because SQLite would create it for
 * everybody, and gives the same permissions to the log beside it.
 */
final class SqliteFile {
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

    private SqliteFile() {}

    /** Returns the absolute path of the file, which is created if it is not there. */
    static Path prepare(Path path) {
        Path file = path.toAbsolutePath().normalize();
        try {
            createIfAbsent(file);
            requireUsable(file);
            return file;
        } catch (IOException e) {
            throw StoreException.permanent(file + " cannot be created or read: " + e, e);
        }
    }

    /** Refuses a path where no file is. */
    static void requirePresent(Path path) {
        if (!Files.isRegularFile(path)) {
            throw StoreException.permanent(path + " is not there", null);
        }
    }

    /** Creates a file for its owner only where nothing is yet, and returns its absolute path. */
    static Path create(Path path) {
        Path file = path.toAbsolutePath().normalize();
        try {
            return Files.createFile(file, ownerOnly(file, OWNER_FILE));
        } catch (IOException e) {
            throw StoreException.permanent(file + " cannot be created: " + e, e);
        }
    }

    /** Waits until the file is on the disk, in full. */
    static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw StoreException.retryable(file + " may not be on the disk: " + e, e);
        }
    }

    static void deleteIncomplete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is incomplete and cannot be deleted", file, e);
        }
    }

    private static void createIfAbsent(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path folder = file.getParent();
        if (folder == null) {
            throw StoreException.permanent(file + " is not the path of a file", null);
        }
        Files.createDirectories(folder, ownerOnly(folder, OWNER_FOLDER));
        try {
            Files.createFile(file, ownerOnly(folder, OWNER_FILE));
        } catch (FileAlreadyExistsException e) {
            // another process came first: its file is checked like every other
        }
    }

    private static void requireUsable(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw StoreException.permanent(file + " is a directory; expected a file", null);
        }
        if (!Files.isRegularFile(file)) {
            throw StoreException.permanent(file + " is not a regular file", null);
        }
        if (isPosix(file)) {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            String found = PosixFilePermissions.toString(others);
            others.removeAll(OWNER_FOLDER);
            if (!others.isEmpty()) {
                throw StoreException.permanent(file + " has the permissions " + found + "; expected rw-------", null);
            }
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw StoreException.permanent(file + " is not readable and writable for this process", null);
        }
        Path folder = file.toRealPath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            throw StoreException.permanent(
                    "the folder of " + file + " is not writable; the log is written beside the file", null);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path beside, Set<PosixFilePermission> permissions) throws IOException {
        Path existing = beside;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return isPosix(existing)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
