package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The HMAC-based extract-and-expand key derivation function (RFC 5869) over one hash function.
 *
 * <p>Thread-safe. {@link #derive} does both steps; who wants several keys from one secret calls {@link #extract} once and expands its result
 * once for each key.
 */
public final class Hkdf {
    /** HKDF over SHA-256, by the JDK. */
    public static final Hkdf SHA256 = new Hkdf("HKDF-SHA256", 32, () -> new Prf.Jdk("HmacSHA256"));

    /** HKDF over SHA-512, by the JDK. */
    public static final Hkdf SHA512 = new Hkdf("HKDF-SHA512", 64, () -> new Prf.Jdk("HmacSHA512"));

    /** HKDF over SM3. */
    public static final Hkdf SM3 = new Hkdf("HKDF-SM3", Sm3.DIGEST_BYTES, Prf.OverSm3::new);

    private final String name;
    private final int hashBytes;
    private final Supplier<Prf> maker;
    // What is idle here has a past key in it that the next use replaces.
    private final Slots<Prf> idle = new Slots<>(prf -> {});

    private Hkdf(String name, int hashBytes, Supplier<Prf> maker) {
        this.name = name;
        this.hashBytes = hashBytes;
        this.maker = maker;
    }

    /** Returns the length of the hash function's output, which is the length of a pseudorandom key, in bytes. */
    public int hashBytes() {
        return hashBytes;
    }

    /** Returns the greatest number of bytes that can be derived, 255 times {@link #hashBytes}. */
    public int maxLength() {
        return 255 * hashBytes;
    }

    /** Returns the pseudorandom key for a secret (RFC 5869 §2.2); an empty salt stands for one of zeros. */
    public Prk extract(byte[] salt, byte[] secret) {
        byte[] prk = new byte[hashBytes];
        Prf prf = take();
        prf.start(salt.length == 0 ? new byte[hashBytes] : salt);
        prf.update(secret);
        prf.finish(prk, 0);
        idle.give(prf);
        return new Prk(this, prk);
    }

    /**
     * Returns {@code length} bytes derived from a secret: extract and expand.
     *
     * @throws IllegalArgumentException if the length is negative or more than {@link #maxLength}
     */
    public byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
        try (Prk prk = extract(salt, secret)) {
            return prk.expand(info, length);
        }
    }

    private byte[] expand(byte[] prk, byte[] info, int length) {
        if (length < 0 || length > maxLength()) {
            throw new IllegalArgumentException("length is " + length + " bytes; limit is " + maxLength());
        }
        Objects.requireNonNull(info, "info");
        byte[] blocks = new byte[(length + hashBytes - 1) / hashBytes * hashBytes];
        byte[] previous = new byte[0];
        Prf prf = take();
        prf.start(prk);
        for (int at = 0; at < length; at += hashBytes) {
            prf.update(previous);
            prf.update(info);
            prf.update((byte) (at / hashBytes + 1));
            prf.finish(blocks, at);
            previous = Arrays.copyOfRange(blocks, at, at + hashBytes);
        }
        idle.give(prf);
        byte[] derived = Arrays.copyOf(blocks, length);
        Arrays.fill(blocks, (byte) 0);
        Arrays.fill(previous, (byte) 0);
        return derived;
    }

    private Prf take() {
        Prf prf = idle.poll();
        return prf != null ? prf : maker.get();
    }

    @Override
    public String toString() {
        return name;
    }

    /** A pseudorandom key: what {@link Hkdf#extract} returns. Immutable until closed, and thread-safe. */
    public static final class Prk implements AutoCloseable {
        private final Hkdf hkdf;
        private final byte[] bytes;
        private final Lifespan lifespan = new Lifespan();

        private Prk(Hkdf hkdf, byte[] bytes) {
            this.hkdf = hkdf;
            this.bytes = bytes;
        }

        /**
         * Returns {@code length} bytes for one purpose (RFC 5869 §2.3).
         *
         * @throws IllegalArgumentException if the length is negative or more than {@link Hkdf#maxLength}
         * @throws IllegalStateException if the key is closed
         */
        public byte[] expand(byte[] info, int length) {
            lifespan.requireOpen();
            byte[] derived = hkdf.expand(bytes, info, length);
            lifespan.requireOpenOrWipe(derived, 0, length);
            return derived;
        }

        /** Wipes the key. Idempotent. */
        @Override
        public void close() {
            lifespan.end();
            Arrays.fill(bytes, (byte) 0);
        }

        @Override
        public String toString() {
            return "Prk of " + hkdf;
        }
    }
}
