package io.keycask.kms.pkcs11.session;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.pkcs11.binding.CkException;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import io.keycask.kms.pkcs11.binding.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a session of a token: {@link #call} lends one, takes it back, and does what the fault that a call met asks
 * for.
 *
 * <p>A session that met a fault is closed, not asked how it is. What is repeated is safe to repeat: callers say so. A
 * refused PIN is never tried again, because a token locks itself after a few. Thread-safe.
 */
public final class TokenSessions implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 4;
    private static final int PROBE_BYTES = 8;

    private final Library library;
    private final TokenSelector selector;
    private final Optional<Supplier<SecretBytes>> pin;
    private final int maxSessions;
    private final Duration sessionWait;
    private final CallLimit limit;
    private final Object lock = new Object();
    private volatile @Nullable Generation current;
    private volatile @Nullable ProviderException refusedPin;
    private volatile boolean closed;

    TokenSessions(
            Library library,
            TokenSelector selector,
            Optional<Supplier<SecretBytes>> pin,
            int maxSessions,
            Duration sessionWait,
            CallLimit limit) {
        this.library = library;
        this.selector = selector;
        this.pin = pin;
        this.maxSessions = maxSessions;
        this.sessionWait = sessionWait;
        this.limit = limit;
    }

    /** Starts the library, if nobody did, and finds the token when it is first used. */
    public static TokenSessions open(
            Path library,
            Optional<String> arguments,
            TokenSelector selector,
            Optional<Supplier<SecretBytes>> pin,
            int maxSessions,
            Duration sessionWait,
            Duration callTimeout) {
        try {
            return new TokenSessions(
                    Library.acquire(library, arguments),
                    selector,
                    pin,
                    maxSessions,
                    sessionWait,
                    CallLimit.of(callTimeout, maxSessions));
        } catch (CkException e) {
            throw ProviderException.retryable("the library " + library + " does not start: " + e.getMessage(), e);
        }
    }

    /**
     * What is done with a session. It may be done again on another one.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Work<T> {
        T apply(Session session);
    }

    /**
     * Does work that makes or destroys objects as {@link #call} does, one after the other in this process.
     *
     * @throws ProviderException for every fault
     */
    public <T> T change(Work<T> work) {
        return library.oneAtATime(() -> call(work));
    }

    /**
     * Does the work on a session of the token; after a fault that may pass, again.
     *
     * @throws DecryptionException if what was to be opened is damaged
     * @throws ProviderException for every other fault
     */
    public <T> T call(Work<T> work) {
        CkException last = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            requireOpen();
            long generation = library.generation();
            try {
                return limit.run(() -> library.use((functions, number) -> attempt(functions, number, work)));
            } catch (CkException e) {
                last = e;
                recover(e, generation);
            }
        }
        throw ProviderException.retryable(selector + ": " + last(last).getMessage(), last);
    }

    private static CkException last(@Nullable CkException e) {
        if (e == null) {
            throw new IllegalStateException("no attempt was made");
        }
        return e;
    }

    private <T> T attempt(Cryptoki functions, long number, Work<T> work) {
        Generation generation = generation(functions, number);
        Session session = generation.borrow(sessionWait);
        boolean usable = false;
        try {
            T result = work.apply(session);
            usable = true;
            library.works();
            return result;
        } catch (CkException e) {
            if (isDamagedCiphertext(e, session)) {
                usable = true;
                library.works();
                throw new DecryptionException();
            }
            throw e;
        } finally {
            if (usable) {
                generation.giveBack(session);
            } else {
                generation.discard(session);
            }
        }
    }

    /** SoftHSM says CKR_GENERAL_ERROR for a wrong tag: if the session still works, it was the ciphertext. */
    private static boolean isDamagedCiphertext(CkException e, Session session) {
        if (e.fault() == Fault.CIPHERTEXT) {
            return true;
        }
        if (e.fault() != Fault.UNCLEAR || !e.function().equals("C_Decrypt")) {
            return false;
        }
        try {
            return session.random(PROBE_BYTES).length == PROBE_BYTES;
        } catch (CkException probe) {
            return false;
        }
    }

    /** Does what makes another attempt promising, or throws. */
    private void recover(CkException e, long seen) {
        switch (e.fault()) {
            case SESSION, CAPACITY -> {
                // the session is closed by now, and the ceiling lowered
            }
            case HANDLE -> forgetHandles();
            case LOGIN -> login();
            case PIN -> throw refuse(e);
            case DEVICE -> library.restart(seen, e);
            case UNCLEAR -> {
                if (!isAnswering()) {
                    library.restart(seen, e);
                }
            }
            default -> throw ProviderException.permanent(selector + ": " + e.getMessage(), e);
        }
    }

    private void forgetHandles() {
        Generation generation = current;
        if (generation != null) {
            generation.forgetHandles();
        }
    }

    private void login() {
        requireGoodPin();
        try {
            limit.run(() -> library.use((functions, number) -> {
                Generation generation = current;
                if (generation != null && generation.number() == number) {
                    generation.login();
                }
                return true;
            }));
        } catch (CkException e) {
            if (e.fault() == Fault.PIN) {
                throw refuse(e);
            }
            throw ProviderException.retryable(selector + ": " + e.getMessage(), e);
        }
    }

    private void requireGoodPin() {
        ProviderException refused = refusedPin;
        if (refused != null) {
            throw ProviderException.permanent(String.valueOf(refused.getMessage()), refused);
        }
    }

    private ProviderException refuse(CkException e) {
        ProviderException refused = ProviderException.permanent(
                selector + ": the PIN is refused and not tried again: " + e.getMessage(), e);
        refusedPin = refused;
        return refused;
    }

    /** Returns whether the token answers on another session: then what failed was the call, not the device. */
    private boolean isAnswering() {
        try {
            return limit.run(() -> library.use((functions, number) ->
                    attempt(functions, number, session -> session.random(PROBE_BYTES).length == PROBE_BYTES)));
        } catch (CkException e) {
            return false;
        }
    }

    /** Returns the token's sessions of this start of the library, and opens them first if there are none yet. */
    private Generation generation(Cryptoki functions, long number) {
        Generation known = current;
        if (known != null && known.number() == number) {
            return known;
        }
        synchronized (lock) {
            requireOpen();
            known = current;
            if (known != null && known.number() == number) {
                return known;
            }
            requireGoodPin();
            long slot = known == null ? selector.find(functions) : selector.findAgain(functions);
            Generation opened = Generation.open(functions, number, slot, pin, maxSessions);
            current = opened;
            return opened;
        }
    }

    /** Throws if the sessions are closed. */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the provider is closed");
        }
    }

    /** Returns whether the sessions are closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        library.exclusively((functions, number) -> {
            Generation generation = current;
            current = null;
            if (generation != null && generation.number() == number) {
                generation.close();
            }
        });
        limit.close();
        library.release();
    }

    @Override
    public String toString() {
        return selector + " of " + library;
    }
}
