package io.keycask.kms.examples;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.FileOptions;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Keycask's main job on one file, with everything it does said aloud. */
final class QuickstartJob {
    private static final int MIB = 1 << 20;
    private static final int DEFAULT_FILE_MIB = 64;
    private static final EncryptionContext CONTEXT = EncryptionContext.of("program", "quickstart");

    private final boolean force;
    private final BooleanSupplier cancelled;
    private final PrintStream out;
    private final List<Path> written = new ArrayList<>();

    QuickstartJob(boolean force, BooleanSupplier cancelled, PrintStream out) {
        this.force = force;
        this.cancelled = cancelled;
        this.out = out;
    }

    /**
     * Runs the job; a job that fails leaves no output behind.
     *
     * @return whether the decrypted file is the same as the original
     */
    boolean run(Optional<Path> given, Optional<Path> keyFolder) throws IOException {
        boolean done = false;
        try {
            Path file = given.isPresent() ? Quickstart.requireReadable(given.get()) : makeFile();
            Path message = refuseExisting(sibling(file, ".kms"));
            Path decrypted = refuseExisting(sibling(file, ".decrypted"));
            Path keys = keyFolder.orElseGet(() -> file.resolveSibling("keycask-quickstart"));
            done = run(file, message, decrypted, keys);
            return done;
        } finally {
            if (!done) {
                removeWritten();
            }
        }
    }

    private boolean run(Path file, Path message, Path decrypted, Path keys) throws IOException {
        Files.createDirectories(keys);
        try {
            return runWith(keys, file, message, decrypted);
        } catch (StoreException e) {
            if (Files.getFileStore(keys).getUsableSpace() < MIB) { // SQLite has a dozen errors for a full disk
                throw withCause(new FileSystemException(keys.toString(), null, "no space left on device"), e);
            }
            throw e;
        }
    }

    private static IOException withCause(IOException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    private boolean runWith(Path keys, Path file, Path message, Path decrypted) throws IOException {
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(keys.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(keys.resolve("secrets/root.key"))))
                .build()) {
            SymmetricCmk cmk = kms.createKeyIfAbsent(NewKey.named("quickstart").description("made by bin/quickstart"));
            out.println("keys      " + keys.resolve("keys.db") + ", sealed by " + keys.resolve("secrets/root.key"));
            out.println("file      " + file + ", " + ProgressBar.size(Files.size(file)));

            withBar("encrypt", options -> cmk.envelope().encrypt(file, message, CONTEXT, options));
            written.add(message);
            out.println("          to " + message + ", " + Files.size(message) + " bytes, "
                    + (Files.size(message) - Files.size(file)) + " more than the file");
            out.println("rotate    the key to version " + cmk.rotate().id());
            withBar("rewrap", options -> cmk.envelope().rewrap(message, CONTEXT, options));
            withBar("decrypt", options -> kms.envelope().decrypt(message, decrypted, CONTEXT, options));
            written.add(decrypted);
            out.println("          to " + decrypted);

            boolean same = Files.mismatch(file, decrypted) == -1;
            out.println("compare   " + (same ? "the same, byte for byte" : "NOT THE SAME"));
            print(cmk.describe(), cmk.versions().size());
            return same;
        }
    }

    private void withBar(String title, FileOperation operation) throws IOException {
        ProgressBar bar = new ProgressBar(out, title, cancelled);
        FileOptions options = FileOptions.standard().listener(bar);
        boolean done = false;
        try {
            long bytes = operation.apply(force ? options.replaceExisting() : options);
            done = true;
            bar.finish(bytes);
        } finally {
            if (!done) {
                out.println();
            }
        }
    }

    private interface FileOperation {
        long apply(FileOptions options) throws IOException;
    }

    private void print(KeyMetadata key, int versions) {
        out.println("key       " + key.alias() + " (" + key.id() + ")");
        out.println("            state " + key.state().value() + ", spec " + key.spec() + ", usage "
                + key.usage().value() + ", origin " + key.origin().value() + ", provider " + key.provider() + ", owner "
                + key.owner());
        out.println("            created " + key.created() + ", " + versions + " versions, current "
                + key.currentVersion().map(Object::toString).orElse("none"));
        out.println("            rotation by period " + (key.rotation().enabled() ? "on" : "off") + ", last rotated "
                + key.rotation().last().map(Object::toString).orElse("never"));
    }

    private Path makeFile() throws IOException {
        Path folder = Files.createTempDirectory("keycask-");
        Path file = folder.resolve("example.bin");
        written.add(file);
        boolean done = false;
        try {
            fillWithRandomBytes(file);
            done = true;
            return file;
        } finally {
            if (!done) {
                removeWritten();
                Files.delete(folder);
            }
        }
    }

    private void fillWithRandomBytes(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom();
        byte[] block = new byte[MIB];
        try (OutputStream bytes = Files.newOutputStream(file)) {
            for (int i = 0; i < DEFAULT_FILE_MIB; i++) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
                random.nextBytes(block);
                bytes.write(block);
            }
        }
    }

    private Path refuseExisting(Path output) throws FileAlreadyExistsException {
        if (!force && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(output.toString(), null, "exists; --force replaces it");
        }
        return output;
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private void removeWritten() throws IOException {
        for (Path file : written) {
            Files.deleteIfExists(file);
        }
    }
}
