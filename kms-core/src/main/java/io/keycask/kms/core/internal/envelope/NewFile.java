package io.keycask.kms.core.internal.envelope;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that appears under its name only when it is complete and on the disk.
 *
 * <p>It is written under another name, {@code .keycask-….tmp} in the same folder, readable by its owner only. Committing
 * forces it to the disk, gives it its name, and forces the folder. Where nothing may be replaced, the name is given by a
 * hard link, which fails if the name is taken, however late; on a file system without links by a check and a rename. A
 * process that is killed leaves the temporary file behind, never a half file under the name.
 */
final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final boolean replaceExisting;

    private NewFile(Path target, Path temporary, FileChannel channel, boolean replaceExisting) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.replaceExisting = replaceExisting;
    }

    /**
     * Returns a file to be written.
     *
     * @throws FileAlreadyExistsException if the target exists and must not be replaced
     */
    static NewFile create(Path target, boolean replaceExisting) throws IOException {
        if (!replaceExisting && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new FileSystemException(target.toString(), null, "not a file");
        }
        Path temporary = Files.createTempFile(folder, ".keycask-", ".tmp", ownerOnly(folder));
        try {
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
            return new NewFile(absolute, temporary, channel, replaceExisting);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Returns the channel that writes to the file; it need not be closed. */
    FileChannel channel() {
        return channel;
    }

    /** Gives the file the permissions of another one. */
    void copyPermissionsOf(Path other) throws IOException {
        if (isPosix(temporary)) {
            Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(other));
        }
    }

    /** Puts the file on the disk under its name. */
    void commit() throws IOException {
        channel.force(true);
        channel.close();
        if (replaceExisting) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            link();
        }
        forceFolder();
    }

    private void link() throws IOException {
        try {
            Files.createLink(target, temporary);
            Files.delete(temporary);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(target.toString());
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(temporary, target);
        }
    }

    private void forceFolder() throws IOException {
        Path folder = temporary.getParent();
        if (folder != null && isPosix(folder)) { // elsewhere a folder cannot be opened
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    /** Deletes the file if it was not committed. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
