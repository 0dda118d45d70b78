package io.keycask.kms.examples;

import io.keycask.kms.KmsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program behind {@code bin/quickstart}: it reads the options, runs the {@link QuickstartJob} and explains what fails. */
public final class Quickstart {
    private static final String USAGE = """
            usage: quickstart [--force] [--keys DIR] [FILE]

            Encrypts FILE to FILE.kms under a new data key, rotates the customer master key, rewraps the
            message, decrypts it to FILE.decrypted and compares that with FILE byte for byte.

              FILE        default: 64 MiB of random bytes in a new temporary folder
              --force     replaces FILE.kms and FILE.decrypted if they exist
              --keys DIR  where keys.db and secrets/root.key are, or will be; default: the folder
                          keycask-quickstart beside FILE. Nothing is ever deleted there.
            """;

    private Quickstart() {}

    /** Runs the program; the exit status is 0 only if everything went well. */
    public static void main(String[] args) {
        AtomicBoolean cancelled = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        // on Ctrl-C: let the file operation notice, remove what it began, and only then let the process end
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            cancelled.set(true);
            awaitAtMost(done, 10);
        }));
        int status = run(List.of(args), cancelled, System.out, System.err);
        done.countDown();
        if (status != 0) {
            System.exit(status);
        }
    }

    private static void awaitAtMost(CountDownLatch done, long seconds) {
        try {
            if (!done.await(seconds, TimeUnit.SECONDS)) {
                System.err.println("quickstart: interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program and returns its exit status: 0, 1 for a job that failed, 2 for options that make no sense. */
    static int run(List<String> args, AtomicBoolean cancelled, PrintStream out, PrintStream err) {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            err.println("quickstart: " + e.getMessage());
            err.print(USAGE);
            return 2;
        }
        if (options.help()) {
            out.print(USAGE);
            return 0;
        }
        try {
            return new QuickstartJob(options.force(), cancelled::get, out).run(options.file(), options.keys()) ? 0 : 1;
        } catch (CancellationException e) {
            err.println("quickstart: cancelled");
        } catch (IOException e) {
            err.println("quickstart: " + explain(e));
        } catch (KmsException e) {
            err.println("quickstart: " + oneLine(e));
        }
        return 1;
    }

    private static String explain(IOException e) {
        if (e instanceof FileSystemException problem && problem.getFile() != null) {
            return problem.getFile() + ": " + reason(problem);
        }
        return oneLine(e);
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder";
        }
        String reason = e.getReason();
        if (e instanceof FileAlreadyExistsException) {
            return reason == null ? "exists" : reason;
        }
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return (message == null ? e.getClass().getSimpleName() : message)
                .lines()
                .findFirst()
                .orElse("failed");
    }

    /** What stands on the command line. */
    private record Options(boolean help, boolean force, Optional<Path> keys, Optional<Path> file) {
        static Options parse(List<String> args) {
            boolean help = false;
            boolean force = false;
            boolean optionsOver = false;
            Optional<Path> keys = Optional.empty();
            Optional<Path> file = Optional.empty();
            Deque<String> rest = new ArrayDeque<>(args);
            while (!rest.isEmpty()) {
                String arg = rest.pop();
                if (optionsOver || !arg.startsWith("-")) {
                    if (file.isPresent() || arg.isEmpty()) {
                        throw new IllegalArgumentException("expected one FILE");
                    }
                    file = Optional.of(Path.of(arg));
                    continue;
                }
                switch (arg) {
                    case "-h", "--help" -> help = true;
                    case "--force" -> force = true;
                    case "--" -> optionsOver = true;
                    case "--keys" -> keys = Optional.of(Path.of(next(rest)));
                    default -> throw new IllegalArgumentException("unknown option " + arg);
                }
            }
            return new Options(help, force, keys, file);
        }

        private static String next(Deque<String> rest) {
            if (rest.isEmpty() || rest.peek().isEmpty()) {
                throw new IllegalArgumentException("--keys wants a folder");
            }
            return rest.pop();
        }
    }

    /** Returns the file, if a program can read it. */
    static Path requireReadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    Files.isDirectory(file) ? "a folder; expected a file" : "not a regular file");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        return file;
    }
}
