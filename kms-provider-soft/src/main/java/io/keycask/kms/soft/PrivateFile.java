package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A small file that only its owner can read, written once.
 *
 * <p>It is written under another name, made durable, and then linked to its own name, which fails if the name is taken:
 * so of several processes that start at once exactly one creates the file, all read the same, and nobody ever sees half of
 * it (SOFT-7).
 */
final class PrivateFile {
    private final Path path;
    private final String what;

    PrivateFile(Path path, String what) {
        this.path = path.toAbsolutePath();
        this.what = what;
    }

    /**
     * Returns the content, which the caller has to wipe if it is secret; empty if there is no such file.
     *
     * @throws ProviderException if the file is longer than this, or others have access
     */
    Optional<byte[]> read(int maxBytes) {
        try {
            Path real = path.toRealPath();
            FilePermissions.requireRegularAndPrivate(real, this);
            return Optional.of(readAll(real, maxBytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("cannot be read", e);
        }
    }

    private byte[] readAll(Path real, int maxBytes) throws IOException {
        try (FileChannel in = FileChannel.open(real, StandardOpenOption.READ)) {
            long size = in.size();
            if (size > maxBytes) {
                throw ProviderException.permanent(this + " is " + size + " bytes; limit is " + maxBytes, null);
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            while (content.hasRemaining() && in.read(content) >= 0) {
                // a short read is legal
            }
            return content.hasRemaining() ? Arrays.copyOf(content.array(), content.position()) : content.array();
        }
    }

    /**
     * Returns the content, and creates the file and its folder with this content if there is none yet. What is returned is
     * durable, whoever wrote it.
     */
    byte[] readOrCreate(int maxBytes, Supplier<byte[]> initialContent) {
        try {
            Path folder = folder();
            if (Files.notExists(path)) {
                FilePermissions.createPrivateFolder(folder);
                FilePermissions.requireUnwritableByOthers(folder, this);
                byte[] content = initialContent.get();
                try {
                    createUnlessExists(folder, content);
                } finally {
                    Arrays.fill(content, (byte) 0);
                }
            }
            removeDrafts(folder);
            // Also when another process created it: its own sync may not have happened yet.
            DurableFolder.sync(folder);
        } catch (IOException e) {
            throw failed("cannot be created", e);
        } catch (UnsupportedOperationException e) {
            throw failed("cannot be created on a file system without hard links", e);
        }
        return read(maxBytes).orElseThrow(() -> missing());
    }

    private void createUnlessExists(Path folder, byte[] content) throws IOException {
        byte[] suffix = new byte[8];
        new SecureRandom().nextBytes(suffix);
        Path draft =
                folder.resolve("." + path.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".new");
        try {
            try (FileChannel out = FileChannel.open(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    FilePermissions.privateFile(folder))) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException another) {
            // another process was faster; its file counts
        } catch (NoSuchFileException e) {
            if (Files.notExists(path)) {
                throw e;
            }
            // another process was faster, and has removed the drafts already
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Removes what processes left that died on the way: now that there is a file, no draft can become it any more. */
    private void removeDrafts(Path folder) throws IOException {
        Pattern name =
                Pattern.compile("\\." + Pattern.quote(String.valueOf(path.getFileName())) + "\\.[0-9a-f]{16}\\.new");
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(
                folder, file -> name.matcher(String.valueOf(file.getFileName())).matches())) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private Path folder() throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IOException("not a file");
        }
        return folder;
    }

    /** Returns what to throw when the file has to be there and is not. */
    ProviderException missing() {
        return ProviderException.permanent(this + " is missing", null);
    }

    private ProviderException failed(String how, Exception cause) {
        return ProviderException.permanent(this + " " + how + ": " + cause, cause);
    }

    @Override
    public String toString() {
        return what + " " + path;
    }
}
