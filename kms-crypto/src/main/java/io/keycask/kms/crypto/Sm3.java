package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * The SM3 hash function (GB/T 32905-2016, also ISO/IEC 10118-3) over data that arrives in pieces. For one thread at a time.
 *
 * <p>No index and no branch depends on the data, so HMAC and HKDF over SM3 keep their keys to themselves.
 */
public final class Sm3 {
    /** Length of a digest in bytes. */
    public static final int DIGEST_BYTES = 32;

    /** Length of the blocks that the function works on, in bytes. */
    public static final int BLOCK_BYTES = 64;

    private static final int[] IV = {
        0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
    };

    private final int[] state = IV.clone();
    private final int[] words = new int[Sm3Compression.WORDS];
    private final byte[] buffer = new byte[BLOCK_BYTES];
    private int buffered;
    private long length;

    /** Begins the hash of an empty message. */
    public Sm3() {}

    /** Returns the digest of a whole array. */
    public static byte[] hash(byte[] data) {
        Sm3 sm3 = new Sm3();
        sm3.update(data, 0, data.length);
        return sm3.digest();
    }

    /** Appends a byte to the message. */
    public void update(byte data) {
        buffer[buffered++] = data;
        length++;
        if (buffered == BLOCK_BYTES) {
            Sm3Compression.compress(state, words, buffer, 0);
            buffered = 0;
        }
    }

    /**
     * Appends bytes to the message.
     *
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     */
    public void update(byte[] data, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, data.length);
        length += count;
        int at = offset;
        int end = offset + count;
        if (buffered > 0) {
            int n = Math.min(BLOCK_BYTES - buffered, count);
            System.arraycopy(data, at, buffer, buffered, n);
            buffered += n;
            at += n;
            if (buffered < BLOCK_BYTES) {
                return;
            }
            Sm3Compression.compress(state, words, buffer, 0);
            buffered = 0;
        }
        for (; end - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
            Sm3Compression.compress(state, words, data, at);
        }
        System.arraycopy(data, at, buffer, 0, end - at);
        buffered = end - at;
    }

    /** Returns the digest of the message and begins an empty one. */
    public byte[] digest() {
        byte[] digest = new byte[DIGEST_BYTES];
        digest(digest, 0);
        return digest;
    }

    /**
     * Writes the digest of the message to {@link #DIGEST_BYTES} bytes of an array and begins an empty message.
     *
     * @throws IndexOutOfBoundsException if the digest does not fit
     */
    public void digest(byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, DIGEST_BYTES, out.length);
        long bits = 8 * length;
        buffer[buffered++] = (byte) 0x80;
        if (buffered > BLOCK_BYTES - 8) {
            Arrays.fill(buffer, buffered, BLOCK_BYTES, (byte) 0);
            Sm3Compression.compress(state, words, buffer, 0);
            buffered = 0;
        }
        Arrays.fill(buffer, buffered, BLOCK_BYTES - 8, (byte) 0);
        Bytes.LONG_BE.set(buffer, BLOCK_BYTES - 8, bits);
        Sm3Compression.compress(state, words, buffer, 0);
        for (int i = 0; i < state.length; i++) {
            Bytes.INT_BE.set(out, offset + 4 * i, state[i]);
        }
        reset();
    }

    /** Forgets the message, wipes what is left of it, and begins an empty one. */
    public void reset() {
        System.arraycopy(IV, 0, state, 0, IV.length);
        Arrays.fill(buffer, (byte) 0);
        Arrays.fill(words, 0);
        buffered = 0;
        length = 0;
    }

    /** Goes on from where another message is. */
    void copyFrom(Sm3 other) {
        System.arraycopy(other.state, 0, state, 0, state.length);
        System.arraycopy(other.buffer, 0, buffer, 0, BLOCK_BYTES);
        buffered = other.buffered;
        length = other.length;
    }

    @Override
    public String toString() {
        return "Sm3";
    }
}
