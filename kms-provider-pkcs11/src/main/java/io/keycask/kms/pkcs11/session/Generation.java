package io.keycask.kms.pkcs11.session;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.pkcs11.binding.CkException;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Ckr;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import io.keycask.kms.pkcs11.binding.Fault;
import io.keycask.kms.pkcs11.binding.NativeArena;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One token from one start of the library to the next: the session that holds the login, the sessions that work, and the
 * handles of objects that were found.
 *
 * <p>All sessions of a token share one login, which ends with the last session: so one session, the anchor, stays open and
 * works only where the token has no room for another. Thread-safe.
 */
public final class Generation {
    private static final int MAX_HANDLES = 10_000;

    private final Cryptoki functions;
    private final long number;
    private final long slot;
    private final Optional<Supplier<SecretBytes>> pin;
    private final Session anchor;
    private final Map<String, Long> handles = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ArrayDeque<Session> idle = new ArrayDeque<>();
    private boolean anchorIsLent;
    private int open;
    private int ceiling;

    private Generation(
            Cryptoki functions, long number, long slot, Optional<Supplier<SecretBytes>> pin, int maxSessions) {
        this.functions = functions;
        this.number = number;
        this.slot = slot;
        this.pin = pin;
        this.ceiling = maxSessions;
        this.anchor = openSession();
    }

    /** Opens the token and logs in. */
    static Generation open(
            Cryptoki functions, long number, long slot, Optional<Supplier<SecretBytes>> pin, int maxSessions) {
        Generation generation = new Generation(functions, number, slot, pin, maxSessions);
        boolean done = false;
        try {
            generation.login();
            done = true;
            return generation;
        } finally {
            if (!done) {
                generation.close();
            }
        }
    }

    /** Returns the number of the library's start. */
    long number() {
        return number;
    }

    /** Returns the slot of the token. */
    long slot() {
        return slot;
    }

    /** Logs in; to be logged in already is as good. */
    void login() {
        if (pin.isEmpty()) {
            return;
        }
        NativeArena arena = new NativeArena();
        try (SecretBytes secret = pin.get().get()) {
            long code = secret.<Long, RuntimeException>use(bytes -> functions.login(
                    anchor.handle(), Cka.CKU_USER, arena.put(bytes).address(), bytes.length));
            if (code != Ckr.USER_ALREADY_LOGGED_IN) {
                CkException.check("C_Login", code);
            }
        } finally {
            arena.wipe();
        }
    }

    /** Returns the handle that was found for this name, if it is remembered. */
    public Optional<Long> handle(String name) {
        return Optional.ofNullable(handles.get(name));
    }

    /** Remembers the handle of this name. */
    public void remember(String name, long handle) {
        if (handles.size() >= MAX_HANDLES) {
            handles.clear();
        }
        handles.put(name, handle);
    }

    /** Forgets one handle. */
    public void forget(String name) {
        handles.remove(name);
    }

    /** Forgets all handles. */
    void forgetHandles() {
        handles.clear();
    }

    /** Lends a session, and waits for one if all that the token has room for are in use. */
    Session borrow(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                Session session = idle.poll();
                if (session != null) {
                    return session;
                }
                if (open < ceiling) {
                    Session opened = tryOpen();
                    if (opened != null) {
                        return opened;
                    }
                    continue;
                }
                if (open == 0 && !anchorIsLent) {
                    anchorIsLent = true;
                    return anchor;
                }
                if (left <= 0) {
                    throw ProviderException.retryable("all " + Math.max(open, 1) + " sessions are in use", null);
                }
                left = returned.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.retryable("interrupted while waiting for a session", e);
        } finally {
            lock.unlock();
        }
    }

    /** Opens one more session; where there is no room, the ceiling sinks to what is open, and nothing is returned. */
    private @Nullable Session tryOpen() {
        try {
            Session session = openSession();
            open++;
            return session;
        } catch (CkException e) {
            if (e.fault() != Fault.CAPACITY) {
                throw e;
            }
            ceiling = open;
            return null;
        }
    }

    /** Takes a session back. */
    void giveBack(Session session) {
        lock.lock();
        try {
            if (session == anchor) {
                anchorIsLent = false;
            } else {
                idle.push(session);
            }
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a session that met a fault, and closes it. */
    void discard(Session session) {
        lock.lock();
        try {
            if (session == anchor) {
                anchorIsLent = false;
            } else {
                functions.closeSession(session.handle());
                open--;
            }
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    private Session openSession() {
        NativeArena arena = new NativeArena();
        NativeArena.Area handle = arena.reserve(functions.layout().ulongBytes());
        CkException.check(
                "C_OpenSession",
                functions.openSession(slot, Cka.CKF_SERIAL_SESSION | Cka.CKF_RW_SESSION, handle.address()));
        return new Session(functions, handle.ulong(functions.layout()), this);
    }

    /** Closes all sessions of this generation. Nobody may use one any more. */
    void close() {
        lock.lock();
        try {
            for (Session session = idle.poll(); session != null; session = idle.poll()) {
                functions.closeSession(session.handle());
            }
            functions.closeSession(anchor.handle());
            handles.clear();
        } finally {
            lock.unlock();
        }
    }
}
