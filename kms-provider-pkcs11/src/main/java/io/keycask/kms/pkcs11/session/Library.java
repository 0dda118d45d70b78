package io.keycask.kms.pkcs11.session;

import io.keycask.kms.ProviderException;
import io.keycask.kms.pkcs11.binding.CkException;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Ckr;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import io.keycask.kms.pkcs11.binding.JnaBinding;
import io.keycask.kms.pkcs11.binding.NativeArena;
import io.keycask.kms.pkcs11.binding.StructWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PKCS#11 library in this process: its start, its end, and a new start when the device behind it was lost.
 *
 * <p>A library can be started once per process, so all providers on one file share one of these, and the last one ends
 * it. A network HSM that was away comes back only through {@code C_Finalize} and {@code C_Initialize}; every start is a
 * new <em>generation</em>, in which no session and no handle of an earlier one means anything. Calls hold the read lock,
 * the restart holds the write lock. If somebody else started the library, nobody here ends it: then a new generation is
 * new sessions only.
 */
final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);
    private static final int CALLBACKS = 4;
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE_SECONDS = 15;

    /** The libraries in use. It is the process that has them, not an object. */
    private static final Map<Path, Library> IN_USE = new HashMap<>();

    private final Path file;
    private final Cryptoki functions;
    private final Optional<String> arguments;
    private final LongSupplier nanoTime;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock changes = new ReentrantLock();
    private int users;
    private boolean isOurs;

    /** Written under the write lock. */
    private final AtomicLong generation = new AtomicLong();

    /** Whether no call succeeded since the last start that a fault made necessary. */
    private volatile boolean isDoubtful;

    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long nextAttemptNanos;

    private Library(Path file, Cryptoki functions, Optional<String> arguments, LongSupplier nanoTime) {
        this.file = file;
        this.functions = functions;
        this.arguments = arguments;
        this.nanoTime = nanoTime;
    }

    /** Returns these functions as a library, started, with its first user. */
    static Library started(Path file, Cryptoki functions, Optional<String> arguments, LongSupplier nanoTime) {
        Library library = new Library(file, functions, arguments, nanoTime);
        library.start();
        library.users = 1;
        return library;
    }

    /** Returns the library in this file, started; {@link #release} ends its use. */
    static Library acquire(Path path, Optional<String> arguments) {
        Path file = canonical(path);
        synchronized (IN_USE) {
            Library known = IN_USE.get(file);
            if (known == null) {
                known = started(file, load(file), arguments, System::nanoTime);
                IN_USE.put(file, known);
                return known;
            }
            if (!known.arguments.equals(arguments)) {
                throw ProviderException.permanent(
                        "the library " + file + " was started with other arguments in this process", null);
            }
            known.users++;
            return known;
        }
    }

    private static Path canonical(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw ProviderException.permanent("there is no PKCS#11 library " + path, e);
        }
    }

    private static Cryptoki load(Path file) {
        try {
            return JnaBinding.load(file);
        } catch (UnsatisfiedLinkError e) {
            throw ProviderException.permanent("the library " + file + " cannot be loaded as a PKCS#11 library", e);
        }
    }

    /** Ends the use of this library; the last user ends the library itself. */
    void release() {
        synchronized (IN_USE) {
            users--;
            if (users == 0) {
                IN_USE.remove(file, this);
                if (!exclusively((functions, number) -> end())) {
                    LOG.warn("the library {} is not ended, because a call is stuck inside of it", file);
                }
            }
        }
    }

    Path file() {
        return file;
    }

    /** Returns the number of the present generation. */
    long generation() {
        return generation.get();
    }

    /** What is done with the functions of the library. */
    interface Use<T> {
        T apply(Cryptoki functions, long generation);
    }

    /** Uses the library while it cannot be restarted. */
    <T> T use(Use<T> use) {
        lock.readLock().lock();
        try {
            return use.apply(functions, generation.get());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Does what makes or destroys objects while nobody else in this process does: SoftHSM 2.6 refuses some of what several
     * threads make at once.
     */
    <T> T oneAtATime(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** Takes note that the token did what it was asked for, so that the next fault is a first one. */
    void works() {
        if (isDoubtful) {
            isDoubtful = false;
        }
    }

    /** What is done with the functions of the library while nobody else uses them. */
    interface LoneUse {
        void apply(Cryptoki functions, long generation);
    }

    /** Uses the library while nobody else does; returns false if a call that is stuck inside of it prevented that. */
    boolean exclusively(LoneUse use) {
        if (!lockAgainstCalls()) {
            return false;
        }
        try {
            use.apply(functions, generation.get());
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Waits for the calls in flight; an interrupted thread, which may be one that closes, waits as well. */
    private boolean lockAgainstCalls() {
        boolean interrupted = Thread.interrupted();
        try {
            return lock.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return lock.writeLock().tryLock();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Starts the library again, unless somebody did since this generation. Until a call succeeds, the next attempt is made
     * after a pause that grows, whether the library started or not: it may start while its token stays away. Everybody else
     * is told at once.
     *
     * @throws ProviderException that can be retried, if it is still away
     */
    void restart(long seen, CkException cause) {
        if (!lockAgainstCalls()) {
            throw away(cause); // calls are stuck inside of the library: it must not be ended below them
        }
        try {
            if (generation.get() != seen) {
                return;
            }
            if (!isDoubtful) {
                pauseNanos = FIRST_PAUSE_NANOS;
            } else if (nanoTime.getAsLong() - nextAttemptNanos < 0) {
                throw away(cause);
            }
            LOG.warn("the library {} is started again: {}", file, cause.getMessage());
            pause();
            end();
            start();
        } catch (CkException e) {
            throw away(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void pause() {
        isDoubtful = true;
        long jitter = ThreadLocalRandom.current().nextLong(pauseNanos / 4 + 1);
        nextAttemptNanos = nanoTime.getAsLong() + pauseNanos + jitter;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }

    private ProviderException away(CkException cause) {
        return ProviderException.retryable("the library " + file + " is away: " + cause.getMessage(), cause);
    }

    private void start() {
        NativeArena arena = new NativeArena();
        StructWriter writer = functions.layout().writer();
        for (int i = 0; i < CALLBACKS; i++) {
            writer.pointer(0);
        }
        writer.ulong(Cka.CKF_OS_LOCKING_OK);
        // NSS reads its string where the standard has a reserved address
        writer.pointer(arguments
                        .map(text -> arena.put(Arrays.copyOf(
                                        text.getBytes(StandardCharsets.UTF_8),
                                        text.getBytes(StandardCharsets.UTF_8).length + 1))
                                .address())
                        .orElse(0L))
                .pointer(0);
        long code = functions.initialize(arena.put(writer.toBytes()).address());
        isOurs = code == Ckr.OK;
        if (code == Ckr.CRYPTOKI_ALREADY_INITIALIZED) {
            LOG.info("the library {} was started by somebody else, who has to end it", file);
        } else {
            CkException.check("C_Initialize", code);
        }
        arena.wipe();
        generation.incrementAndGet();
    }

    private void end() {
        if (isOurs) {
            long code = functions.finalizeLibrary(0);
            isOurs = false;
            if (code != Ckr.OK) {
                LOG.warn("C_Finalize of {} returned {}", file, Ckr.name(code));
            }
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
