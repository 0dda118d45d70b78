package io.keycask.kms.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/**
 * An XAES-256-GCM key: AES-256-GCM with a nonce of 192 bits, long enough to be drawn at random for a virtually unlimited
 * number of messages (C2SP XAES-256-GCM, <a href="https://c2sp.org/XAES-256-GCM">c2sp.org/XAES-256-GCM</a>).
 *
 * <p>Each message costs a key derivation and an AES key schedule (0.6–1.5 µs) on top of AES-256-GCM. Who
 * seals many messages may draw the first half of the nonce once, keep its {@link #prefixKey}, and draw only the second half
 * anew for each message; the result is XAES-256-GCM all the same.
 *
 * <p>Meant for short values: for decryption the JDK collects the whole message before it begins, and does so slowly above
 * 64 KiB. Closing wipes the key, but not the copies inside the JDK's {@code Cipher} objects, which become garbage.
 */
public final class Xaes256Gcm implements AeadKey {
    /*
     * Key derivation (the specification's "detailed key derivation algorithm"): SP 800-108 in counter mode with AES-CMAC as the
     * PRF. The CMAC input is a single whole block, so CMAC is one AES call on the block XOR the subkey K1:
     *
     *   L  = AES(K, 0^128);  K1 = L * x in GF(2^128)
     *   M1 = 00 01 'X' 00 || N[0..12);  M2 = 00 02 'X' 00 || N[0..12)
     *   Kx = AES(K, M1 ^ K1) || AES(K, M2 ^ K1)
     *
     * K1 is computed once per key. The two AES calls are one ECB call of two blocks by a cipher that stays initialised with K.
     */

    /** Length of a key in bytes. */
    public static final int KEY_BYTES = 32;

    /** Length of a nonce in bytes. */
    public static final int NONCE_BYTES = 24;

    /** Length of the part of a nonce, its beginning, that selects the {@link #prefixKey}, in bytes. */
    public static final int PREFIX_BYTES = 12;

    private static final int BLOCK_BYTES = 16;

    private final RawKey key;
    private final byte[] k1;
    private final CipherPool ecb = CipherPool.of("AES/ECB/NoPadding");

    private Xaes256Gcm(RawKey key) {
        this.key = key;
        byte[] l = new byte[BLOCK_BYTES];
        encryptBlocks(l);
        this.k1 = timesX(l);
        Arrays.fill(l, (byte) 0);
    }

    /**
     * Returns a key object for 32 key bytes.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static Xaes256Gcm of(byte[] key) {
        Ranges.checkKey(key, KEY_BYTES);
        return new Xaes256Gcm(RawKey.wrapUnsafe("AES", key.clone()));
    }

    /**
     * Returns the AES-256-GCM key for all nonces that begin with {@code prefix}: sealing under it with the last 12 bytes of a
     * nonce is sealing under this key with the whole nonce. The result lives on when this key is closed.
     *
     * @throws IllegalArgumentException if the prefix is not {@link #PREFIX_BYTES} long
     * @throws IllegalStateException if the key is closed
     */
    public Aes256Gcm prefixKey(byte[] prefix) {
        if (prefix.length != PREFIX_BYTES) {
            throw new IllegalArgumentException("prefix is " + prefix.length + " bytes; expected " + PREFIX_BYTES);
        }
        return Aes256Gcm.wrapUnsafe(derive(prefix));
    }

    @Override
    public int seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        check(nonce, aad);
        Ranges.checkSeal(in, inOffset, length, out, outOffset);
        RawKey derived = RawKey.wrapUnsafe("AES", derive(nonce));
        try {
            return JdkGcm.seal(CipherPool.GCM, derived, tail(nonce), aad, in, inOffset, length, out, outOffset);
        } finally {
            derived.destroy();
        }
    }

    @Override
    public int open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        check(nonce, aad);
        Ranges.checkOpen(in, inOffset, length, out, outOffset);
        RawKey derived = RawKey.wrapUnsafe("AES", derive(nonce));
        try {
            return JdkGcm.open(CipherPool.GCM, derived, tail(nonce), aad, in, inOffset, length, out, outOffset);
        } finally {
            derived.destroy();
        }
    }

    /** Returns Kx for the nonce that begins with these 12 bytes. */
    private byte[] derive(byte[] nonce) {
        byte[] blocks = new byte[2 * BLOCK_BYTES];
        for (int i = 0; i < 2; i++) {
            int at = i * BLOCK_BYTES;
            blocks[at + 1] = (byte) (i + 1);
            blocks[at + 2] = 'X';
            System.arraycopy(nonce, 0, blocks, at + 4, PREFIX_BYTES);
            for (int j = 0; j < BLOCK_BYTES; j++) {
                blocks[at + j] ^= k1[j];
            }
        }
        encryptBlocks(blocks);
        // Only now: had close() begun to wipe K1 above, the derived key would be wrong.
        key.requireAlive();
        return blocks;
    }

    private void encryptBlocks(byte[] blocks) {
        key.requireAlive();
        try {
            Cipher cipher = ecb.poll();
            if (cipher == null) {
                cipher = ecb.create();
                cipher.init(Cipher.ENCRYPT_MODE, key);
            }
            cipher.doFinal(blocks, 0, blocks.length, blocks, 0);
            ecb.give(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES does not work", e);
        }
    }

    /** Returns L * x in GF(2^128), the bytes in CMAC's order (SP 800-38B §6.1), without a secret-dependent branch. */
    private static byte[] timesX(byte[] l) {
        byte[] product = new byte[BLOCK_BYTES];
        int carry = 0;
        for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
            int b = l[i] & 0xff;
            product[i] = (byte) ((b << 1) | carry);
            carry = b >>> 7;
        }
        product[BLOCK_BYTES - 1] ^= (byte) (-carry & 0x87);
        return product;
    }

    private static byte[] tail(byte[] nonce) {
        return Arrays.copyOfRange(nonce, PREFIX_BYTES, NONCE_BYTES);
    }

    private void check(byte[] nonce, byte[] aad) {
        key.requireAlive();
        Ranges.checkNonce(nonce, NONCE_BYTES);
        Objects.requireNonNull(aad, "aad");
    }

    @Override
    public void close() {
        key.destroy();
        ecb.close();
        Arrays.fill(k1, (byte) 0);
    }

    @Override
    public String toString() {
        return "Xaes256Gcm";
    }
}
