package io.keycask.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, lock-free pool of JDK {@link Cipher} objects of one transformation.
 *
 * <p>Why a pool: {@code Cipher.getInstance} costs 0.5–1.2 µs, more than the encryption of a short record. Why not a
 * {@code ThreadLocal}: with a virtual thread per request it would hold a cipher for every request ever in flight, and
 * nothing would drop the key schedules that the ciphers keep.
 *
 * <p>A pool may have a parent, from which it borrows when it is empty. That is how a long-lived key keeps ciphers that
 * already hold its key schedule, while keys that are used once share ciphers. A taken cipher belongs to one thread until it is
 * given back; a cipher whose operation threw may be given back, because every operation begins with {@code init} or
 * ends with {@code doFinal}.
 */
final class CipherPool {
    // A power of two; beyond it, threads that come at the same moment create ciphers and drop them.
    private static final int SLOTS = Integer.highestOneBit(Math.max(
            2, Math.min(32, 2 * Runtime.getRuntime().availableProcessors() - 1)));

    /** AES-GCM by the JDK, shared by all keys. */
    static final CipherPool GCM = new CipherPool("AES/GCM/NoPadding", null);

    private final String transformation;
    private final @Nullable CipherPool parent;
    private final AtomicReferenceArray<@Nullable Cipher> slots = new AtomicReferenceArray<>(SLOTS);
    private volatile boolean closed;

    private CipherPool(String transformation, @Nullable CipherPool parent) {
        this.transformation = transformation;
        this.parent = parent;
    }

    static CipherPool of(String transformation) {
        return new CipherPool(transformation, null);
    }

    /** Returns a pool for one key that borrows from this one. */
    CipherPool child() {
        return new CipherPool(transformation, this);
    }

    /** Returns a cipher of this pool, of its parent, or a new one. The first may still be initialised with this pool's key. */
    Cipher take() {
        for (CipherPool pool = this; pool != null; pool = pool.parent) {
            Cipher cipher = pool.poll();
            if (cipher != null) {
                return cipher;
            }
        }
        return create();
    }

    /** Returns an idle cipher of this pool alone, or null. */
    @Nullable
    Cipher poll() {
        int start = threadSlot();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (slots.getPlain(slot) != null) {
                Cipher cipher = slots.getAndSet(slot, null);
                if (cipher != null) {
                    return cipher;
                }
            }
        }
        return null;
    }

    void give(Cipher cipher) {
        int start = threadSlot();
        for (int i = 0; i < SLOTS && !closed; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, cipher)) {
                if (closed) {
                    slots.set(slot, null);
                }
                return;
            }
        }
    }

    /** Drops all ciphers, for good, so that the key schedules in them become garbage. */
    void close() {
        closed = true;
        for (int i = 0; i < SLOTS; i++) {
            slots.set(i, null);
        }
    }

    Cipher create() {
        try {
            return Cipher.getInstance(transformation, Jdk.PROVIDER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + transformation, e);
        }
    }

    // Threads start their search at different slots, so that they seldom meet.
    private static int threadSlot() {
        long id = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
        return (int) (id >>> 59) & (SLOTS - 1);
    }

    /** Looked up once: {@code Cipher.getInstance} by provider name walks the provider list each time. */
    private static final class Jdk {
        static final Provider PROVIDER = find();

        private static Provider find() {
            Provider sunJce = Security.getProvider("SunJCE");
            if (sunJce != null) {
                return sunJce;
            }
            try {
                return Cipher.getInstance("AES/GCM/NoPadding").getProvider();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no installed provider has AES-GCM", e);
            }
        }
    }
}
