package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes that are lent, never given, and wiped when the last user is done after {@link #close()}.
 *
 * <p>They cannot be printed, compared, hashed or serialized. Wiping is best effort on a JVM: a moving garbage collector
 * may have left a copy behind. Safe for use by several threads.
 */
public final class SecretBytes implements AutoCloseable {
    private final Object lock = new Object();
    private final byte[] bytes;
    private int users;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a secret of these bytes, which the caller goes on owning. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Returns a secret of these bytes and wipes the source. */
    public static SecretBytes takeFrom(byte[] source) {
        SecretBytes secret = copyOf(source);
        Arrays.fill(source, (byte) 0);
        return secret;
    }

    /**
     * What is done with lent bytes.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception it may throw
     */
    @FunctionalInterface
    public interface Action<T extends @Nullable Object, X extends Exception> {
        /** Uses the bytes, which must not be kept and not be changed. */
        T apply(byte[] bytes) throws X;
    }

    /**
     * Lends the bytes to the action and returns its result.
     *
     * @throws IllegalStateException if the secret is closed
     */
    public <T extends @Nullable Object, X extends Exception> T use(Action<T, X> action) throws X {
        requireNonNull(action, "action");
        acquire();
        try {
            return action.apply(bytes);
        } finally {
            release();
        }
    }

    /**
     * Returns a copy of the bytes, which the caller has to wipe.
     *
     * @throws IllegalStateException if the secret is closed
     */
    public byte[] copy() {
        return this.<byte[], RuntimeException>use(byte[]::clone);
    }

    /** Returns the number of bytes, also after {@link #close()}. */
    public int size() {
        return bytes.length;
    }

    /** Ends the use of the secret: nobody can borrow it any more, and the last borrower wipes it. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            wipeIfUnused();
        }
    }

    private void acquire() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the secret is closed");
            }
            users++;
        }
    }

    private void release() {
        synchronized (lock) {
            users--;
            wipeIfUnused();
        }
    }

    private void wipeIfUnused() {
        if (closed && users == 0) {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes]";
    }
}
