package io.keycask.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, lock-free pool of JDK {@link Cipher} objects of one transformation, because {@code Cipher.getInstance} costs
 * 0.5–1.2 µs, more than the encryption of a short record.
 *
 * <p>A pool may have a parent, from which it borrows when it is empty. That is how a long-lived key keeps ciphers that
 * already hold its key schedule, while keys that are used once share ciphers. A taken cipher belongs to one thread until it is
 * given back; a cipher whose operation threw may be given back, because every operation begins with {@code init} or
 * ends with {@code doFinal}.
 */
final class CipherPool {
    /** AES-GCM by the JDK, shared by all keys. */
    static final CipherPool GCM = new CipherPool("AES/GCM/NoPadding", null);

    private final String transformation;
    private final @Nullable CipherPool parent;
    private final Slots<Cipher> idle = new Slots<>(cipher -> {}); // a Cipher cannot be wiped

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
        return idle.poll();
    }

    void give(Cipher cipher) {
        idle.give(cipher);
    }

    /** Drops all ciphers, for good, so that the key schedules in them become garbage. */
    void close() {
        idle.close();
    }

    Cipher create() {
        try {
            return Cipher.getInstance(transformation, Jdk.PROVIDER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + transformation, e);
        }
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
