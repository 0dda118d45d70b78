package io.keycask.kms.soft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names durable: a new file survives a power cut only when the folders on the way to it were synced, too. */
final class DurableFolder {
    private DurableFolder() {}

    /** Syncs the folder, and those above it, which may have been created together with it. */
    static void sync(Path folder) throws IOException {
        if (!FilePermissions.isPosix(folder)) {
            return; // elsewhere a folder cannot be opened, and its entries are journalled
        }
        force(folder);
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            try {
                force(above);
            } catch (AccessDeniedException notOurs) {
                return; // whoever cannot list a folder did not just create the next one in it
            }
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
