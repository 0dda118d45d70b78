package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * The SM4 block cipher (GB/T 32907-2016, also ISO/IEC 18033-3/Amd 1) under one key: a building block for modes of operation.
 *
 * <p>To protect data use {@link Sm4Gcm}; equal blocks give equal results here, and nothing is authenticated. Thread-safe.
 * No index and no branch depends on the key or on data; up to 16 blocks cost the same time, so pass many at once.
 */
public final class Sm4 implements AutoCloseable {
    /** Length of a key in bytes. */
    public static final int KEY_BYTES = 16;

    /** Length of a block in bytes. */
    public static final int BLOCK_BYTES = 16;

    private final long[] encryption;
    private final long[] decryption;
    private final Lifespan lifespan = new Lifespan();

    private Sm4(byte[] key) {
        this.encryption = Sm4Key.expand(key, false);
        this.decryption = Sm4Key.expand(key, true);
    }

    /**
     * Returns a cipher for 16 key bytes.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static Sm4 of(byte[] key) {
        Ranges.checkKey(key, KEY_BYTES);
        return new Sm4(key);
    }

    /**
     * Encrypts {@code length} bytes, a multiple of {@link #BLOCK_BYTES}, block by block. Input and output may be the same range.
     *
     * @throws IllegalArgumentException if the length is not a multiple of the block length
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     * @throws IllegalStateException if the key is closed
     */
    public void encryptBlocks(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        process(encryption, in, inOffset, length, out, outOffset);
    }

    /**
     * Decrypts {@code length} bytes, a multiple of {@link #BLOCK_BYTES}, block by block. Input and output may be the same range.
     *
     * @throws IllegalArgumentException if the length is not a multiple of the block length
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     * @throws IllegalStateException if the key is closed
     */
    public void decryptBlocks(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        process(decryption, in, inOffset, length, out, outOffset);
    }

    private void process(long[] key, byte[] in, int at, int length, byte[] out, int to) {
        Objects.checkFromIndexSize(at, length, in.length);
        Objects.checkFromIndexSize(to, length, out.length);
        if (length % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("length is " + length + " bytes; expected whole blocks");
        }
        boolean overlap = Ranges.overlap(in, at, length, out, to, length);
        byte[] source = overlap ? Ranges.copy(in, at, length) : in;
        int from = overlap ? 0 : at;
        Sm4Batch batch = new Sm4Batch();
        int step = Sm4Batch.BLOCKS * BLOCK_BYTES;
        for (int done = 0; done < length; done += step) {
            int n = Math.min(step, length - done);
            batch.encryptBlocks(key, source, from + done, out, to + done, n / BLOCK_BYTES);
        }
        batch.wipe();
        if (overlap) {
            Arrays.fill(source, (byte) 0);
        }
        lifespan.requireOpenOrWipe(out, to, length);
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        lifespan.end();
        Arrays.fill(encryption, 0);
        Arrays.fill(decryption, 0);
    }

    @Override
    public String toString() {
        return "Sm4";
    }
}
