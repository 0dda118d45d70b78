package io.keycask.kms.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;

/**
 * An SM4 key for nonces of 192 bits, long enough to be drawn at random for a virtually unlimited number of messages: the
 * first half of a nonce selects an SM4-GCM key by HKDF-SM3, the second half is the nonce under that key.
 *
 * <p>What {@link Xaes256Gcm} is for AES, made of the Chinese standards; {@code docs/formats.md} §3.1 has it byte by byte. Each
 * message costs a derivation and an SM4 key schedule on top of {@link Sm4Gcm}. Who seals many messages may draw the first
 * half of the nonce once, keep its {@link #prefixKey}, and draw only the second half anew for each message.
 */
public final class Sm4GcmHkdfSm3 implements AeadKey {
    /*
     *   PRK = HKDF-Extract(salt = 0^256, IKM = K)                               once per key
     *   Kp  = HKDF-Expand(PRK, info = LABEL || N[0..12), L = 16)
     *   ciphertext || tag = SM4-GCM(Kp, nonce = N[12..24), aad, plaintext)
     *
     * K itself is never used as a key of SM4. The label is of fixed length, so no other label and prefix make the same info.
     */

    /** Length of a key in bytes. */
    public static final int KEY_BYTES = Sm4Gcm.KEY_BYTES;

    /** Length of a nonce in bytes. */
    public static final int NONCE_BYTES = 24;

    /** Length of the part of a nonce, its beginning, that selects the {@link #prefixKey}, in bytes. */
    public static final int PREFIX_BYTES = 12;

    private static final byte[] LABEL = "keycask sm4-gcm 1: prefix key".getBytes(US_ASCII);
    private static final byte[] NO_SALT = new byte[0];

    private final Hkdf.Prk prk;

    private Sm4GcmHkdfSm3(Hkdf.Prk prk) {
        this.prk = prk;
    }

    /**
     * Returns a key object for 16 key bytes.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static Sm4GcmHkdfSm3 of(byte[] key) {
        Ranges.checkKey(key, KEY_BYTES);
        return new Sm4GcmHkdfSm3(Hkdf.SM3.extract(NO_SALT, key));
    }

    /**
     * Returns the SM4-GCM key for all nonces that begin with {@code prefix}: sealing under it with the last 12 bytes of a
     * nonce is sealing under this key with the whole nonce. The result lives on when this key is closed.
     *
     * @throws IllegalArgumentException if the prefix is not {@link #PREFIX_BYTES} long
     * @throws IllegalStateException if the key is closed
     */
    public Sm4Gcm prefixKey(byte[] prefix) {
        if (prefix.length != PREFIX_BYTES) {
            throw new IllegalArgumentException("prefix is " + prefix.length + " bytes; expected " + PREFIX_BYTES);
        }
        return derive(prefix);
    }

    @Override
    public int seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Ranges.checkNonce(nonce, NONCE_BYTES);
        Objects.requireNonNull(aad, "aad");
        Ranges.checkSeal(in, inOffset, length, out, outOffset);
        try (Sm4Gcm derived = derive(nonce)) {
            return derived.seal(tail(nonce), aad, in, inOffset, length, out, outOffset);
        }
    }

    @Override
    public int open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        Ranges.checkNonce(nonce, NONCE_BYTES);
        Objects.requireNonNull(aad, "aad");
        Ranges.checkOpen(in, inOffset, length, out, outOffset);
        try (Sm4Gcm derived = derive(nonce)) {
            return derived.open(tail(nonce), aad, in, inOffset, length, out, outOffset);
        }
    }

    /** Returns Kp for the nonce that begins with these 12 bytes. */
    private Sm4Gcm derive(byte[] nonce) {
        byte[] info = Arrays.copyOf(LABEL, LABEL.length + PREFIX_BYTES);
        System.arraycopy(nonce, 0, info, LABEL.length, PREFIX_BYTES);
        byte[] derived = prk.expand(info, Sm4Gcm.KEY_BYTES);
        try {
            return Sm4Gcm.of(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] tail(byte[] nonce) {
        return Arrays.copyOfRange(nonce, PREFIX_BYTES, NONCE_BYTES);
    }

    @Override
    public void close() {
        prk.close();
    }

    @Override
    public String toString() {
        return "Sm4GcmHkdfSm3";
    }
}
