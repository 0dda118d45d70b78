package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Set;

/** Who else can get at a file. Where the file system has no POSIX permissions, nothing is checked. */
final class FilePermissions {
    private static final Set<PosixFilePermission> OTHERS_USE = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final String SUPERUSER = "root";

    private FilePermissions() {}

    /** Refuses what is not a file, a file that others own, can read or write, and one in a folder that others can write to. */
    static void requireRegularAndPrivate(Path file, Object what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw ProviderException.permanent(what + " is not a regular file", null);
        }
        if (isPosix(file)) {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
            if (containsAny(found, OTHERS_USE)) {
                throw refused(what + " is open to others", found, "rw-------");
            }
            requireOwnedByThisUser(file, what);
        }
        Path folder = file.getParent();
        if (folder != null) {
            requireUnwritableByOthers(folder, what);
        }
    }

    /** Refuses a file that another user owns, who could change it: all but the superuser, who can do that anyway. */
    private static void requireOwnedByThisUser(Path file, Object what) throws IOException {
        UserPrincipal owner = Files.getOwner(file);
        UserPrincipal expected;
        try {
            expected = file.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name", ""));
        } catch (UserPrincipalNotFoundException e) {
            return; // a user id without a name, as in some containers: there is nothing to compare with
        }
        if (!owner.equals(expected) && !owner.getName().equals(SUPERUSER)) {
            throw ProviderException.permanent(
                    what + ": the owner is " + owner.getName() + "; expected " + expected.getName(), null);
        }
    }

    /** Refuses a folder in which others can put or replace files. */
    static void requireUnwritableByOthers(Path folder, Object what) throws IOException {
        if (isPosix(folder)) {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
            if (containsAny(found, OTHERS_WRITE)) {
                throw refused("the folder of " + what + " can be written to by others", found, "rwx------");
            }
        }
    }

    private static ProviderException refused(String what, Set<PosixFilePermission> found, String expected) {
        return ProviderException.permanent(
                what + ": permissions are " + PosixFilePermissions.toString(found) + "; expected " + expected, null);
    }

    private static boolean containsAny(Set<PosixFilePermission> found, Set<PosixFilePermission> unwanted) {
        Set<PosixFilePermission> both = EnumSet.copyOf(unwanted);
        both.retainAll(found);
        return !both.isEmpty();
    }

    /** Creates a folder that only its owner can use, and those above it, as far as they do not exist. */
    static void createPrivateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path existing = folder;
            while (existing.getParent() != null && Files.notExists(existing)) {
                existing = existing.getParent();
            }
            Files.createDirectories(folder, attributes(existing, "rwx------"));
        }
    }

    /** Returns the attributes of a new file in this folder that only its owner can use. */
    static FileAttribute<?>[] privateFile(Path folder) throws IOException {
        return attributes(folder, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) throws IOException {
        return isPosix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path place) throws IOException {
        FileStore store = Files.getFileStore(place);
        return store.supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
