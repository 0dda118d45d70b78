package io.keycask.kms.crypto;

import java.util.Arrays;

/**
 * HMAC (RFC 2104, GB/T 15852.2) with SM3 under one key, over data that arrives in pieces. For one thread at a time.
 *
 * <p>Compare tags with {@link java.security.MessageDigest#isEqual}.
 */
public final class HmacSm3 implements AutoCloseable {
    /** Length of a tag in bytes. */
    public static final int TAG_BYTES = Sm3.DIGEST_BYTES;

    private final Sm3 inner = new Sm3(); // where every message begins: the key block is hashed already
    private final Sm3 outer = new Sm3();
    private final Sm3 message = new Sm3();
    private boolean closed;

    private HmacSm3(byte[] key) {
        byte[] block = new byte[Sm3.BLOCK_BYTES];
        boolean isLong = key.length > Sm3.BLOCK_BYTES;
        byte[] effective = isLong ? Sm3.hash(key) : key;
        System.arraycopy(effective, 0, block, 0, effective.length);
        addPadded(inner, block, 0x36);
        addPadded(outer, block, 0x5c);
        Arrays.fill(block, (byte) 0);
        if (isLong) {
            Arrays.fill(effective, (byte) 0);
        }
        message.copyFrom(inner);
    }

    private static void addPadded(Sm3 sm3, byte[] block, int pad) {
        for (byte b : block) {
            sm3.update((byte) (b ^ pad));
        }
    }

    /** Returns an HMAC for a key of any length. */
    public static HmacSm3 of(byte[] key) {
        return new HmacSm3(key);
    }

    /** Appends a byte to the message. */
    public void update(byte data) {
        requireOpen();
        message.update(data);
    }

    /**
     * Appends bytes to the message.
     *
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalStateException if the key is closed
     */
    public void update(byte[] data, int offset, int count) {
        requireOpen();
        message.update(data, offset, count);
    }

    /** Returns the tag of the message and begins an empty one. */
    public byte[] mac() {
        byte[] tag = new byte[TAG_BYTES];
        mac(tag, 0);
        return tag;
    }

    /**
     * Writes the tag of the message to {@link #TAG_BYTES} bytes of an array and begins an empty message.
     *
     * @throws IndexOutOfBoundsException if the tag does not fit
     * @throws IllegalStateException if the key is closed
     */
    public void mac(byte[] out, int offset) {
        requireOpen();
        byte[] digest = message.digest();
        message.copyFrom(outer);
        message.update(digest, 0, digest.length);
        message.digest(out, offset);
        message.copyFrom(inner);
        Arrays.fill(digest, (byte) 0);
    }

    /** Forgets the message and begins an empty one. */
    public void reset() {
        requireOpen();
        message.copyFrom(inner);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("key is closed");
        }
    }

    /** Wipes the key. Idempotent. */
    @Override
    public void close() {
        closed = true;
        inner.reset();
        outer.reset();
        message.reset();
    }

    @Override
    public String toString() {
        return "HmacSm3";
    }
}
