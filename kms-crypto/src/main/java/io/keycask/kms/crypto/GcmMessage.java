package io.keycask.kms.crypto;

import org.jspecify.annotations.Nullable;

/**
 * One SM4-GCM message in the making (NIST SP 800-38D §7): counter mode, hash and tag. For one thread at a time; {@link #start}
 * begins the next message.
 */
final class GcmMessage {
    /*
     * The first batch of keystream begins with the block J0, which masks the tag, so that a message of up to 15 blocks costs
     * one batch. Counters are 32 bits and wrap round (inc32, §6.2). Where there is a bulk implementation, it makes the keystream
     * whenever more than a small batch is wanted. A large message is done in steps that stay in the cache between
     * counter mode and hash.
     */
    private static final int BLOCK_BYTES = Sm4.BLOCK_BYTES;
    private static final int SMALL_BYTES = BLOCK_BYTES * Sm4Batch.BLOCKS;
    private static final int STEP_BYTES = 16 * 1024;

    private final Keystream small = new Sm4Batch();
    private final @Nullable Keystream large;
    private Keystream current = small;
    private final Ghash ghash;

    private final long[] roundKeys;
    private final GhashKey hashKey;
    private long maskHigh;
    private long maskLow;
    private int counter;
    private int nextBlock;
    private long aadBytes;
    private long textBytes;

    /** Keeps the key, as planes of round keys and powers of H, without copying it. */
    GcmMessage(long[] roundKeys, GhashKey hashKey, @Nullable Bulk bulk) {
        this.roundKeys = roundKeys;
        this.hashKey = hashKey;
        this.large = bulk == null ? null : bulk.newKeystream();
        this.ghash = new Ghash(bulk == null ? null : bulk.newHash());
    }

    /** Returns whether large messages are not done by plain Java alone. */
    boolean hasBulk() {
        return large != null;
    }

    /**
     * Begins a message: computes J0, the mask of the tag and the first keystream, and hashes the associated data.
     *
     * @param length how long the message will be, as far as it is known; a hint
     */
    void start(byte[] nonce, byte[] aad, int length) {
        ghash.reset();
        int c;
        if (nonce.length == 12) {
            startCounterMode(word(nonce, 0), word(nonce, 4), word(nonce, 8));
            c = 1;
        } else {
            ghash.add(hashKey, nonce, 0, nonce.length);
            ghash.add(hashKey, 0, 8L * nonce.length);
            ghash.flush(hashKey);
            startCounterMode((int) (ghash.high() >>> 32), (int) ghash.high(), (int) (ghash.low() >>> 32));
            c = (int) ghash.low();
            ghash.reset();
        }
        counter = c;
        nextBatch(BLOCK_BYTES + (long) length);
        maskHigh = Long.reverseBytes(current.batch()[0]);
        maskLow = Long.reverseBytes(current.batch()[1]);
        nextBlock = 1;
        textBytes = 0;
        aadBytes = aad.length;
        ghash.add(hashKey, aad, 0, aad.length);
    }

    /** Encrypts and hashes. Every call but the last of a message takes whole blocks. */
    void encrypt(byte[] in, int at, int length, byte[] out, int to) {
        for (int done = 0; done < length; ) {
            int n = Math.min(STEP_BYTES, length - done);
            crypt(in, at + done, n, out, to + done);
            hash(out, to + done, n);
            done += n;
        }
    }

    /** Hashes ciphertext. Every call but the last of a message takes whole blocks. */
    void hash(byte[] in, int at, int length) {
        ghash.add(hashKey, in, at, length);
        textBytes += length;
    }

    /** Adds the keystream. Every call but the last of a message takes whole blocks. */
    void crypt(byte[] in, int at, int length, byte[] out, int to) {
        for (int done = 0; done < length; ) {
            if (nextBlock == current.batchBlocks()) {
                nextBatch(length - done);
            }
            int n = Math.min(length - done, BLOCK_BYTES * (current.batchBlocks() - nextBlock));
            xor(in, at + done, n, out, to + done);
            nextBlock += (n + BLOCK_BYTES - 1) / BLOCK_BYTES;
            done += n;
        }
    }

    /** Makes the next keystream, so much that {@code wanted} bytes take little time. */
    private void nextBatch(long wanted) {
        current = large != null && wanted > SMALL_BYTES ? large : small;
        current.encryptCounters(roundKeys, counter);
        counter += current.batchBlocks();
        nextBlock = 0;
    }

    private void startCounterMode(int word0, int word1, int word2) {
        small.startCounterMode(word0, word1, word2);
        if (large != null) {
            large.startCounterMode(word0, word1, word2);
        }
    }

    private void xor(byte[] in, int at, int length, byte[] out, int to) {
        long[] keystream = current.batch();
        int k = 2 * nextBlock;
        int i = 0;
        for (; i <= length - 8; i += 8) {
            Bytes.LONG_LE.set(out, to + i, (long) Bytes.LONG_LE.get(in, at + i) ^ keystream[k++]);
        }
        for (int shift = 0; i < length; i++, shift += 8) {
            out[to + i] = (byte) (in[at + i] ^ (keystream[k] >>> shift));
        }
    }

    /** Writes the tag of the message to 16 bytes of {@code out}. */
    void tag(byte[] out, int to) {
        finish();
        Bytes.LONG_BE.set(out, to, maskHigh ^ ghash.high());
        Bytes.LONG_BE.set(out, to + 8, maskLow ^ ghash.low());
    }

    /** Returns whether 16 bytes of {@code in} are the tag of the message; looks at all of them whatever they are. */
    boolean isTag(byte[] in, int at) {
        finish();
        long difference = (maskHigh ^ ghash.high() ^ (long) Bytes.LONG_BE.get(in, at))
                | (maskLow ^ ghash.low() ^ (long) Bytes.LONG_BE.get(in, at + 8));
        return difference == 0;
    }

    private void finish() {
        ghash.add(hashKey, 8 * aadBytes, 8 * textBytes);
        ghash.flush(hashKey);
    }

    private static int word(byte[] in, int at) {
        return (int) Bytes.INT_BE.get(in, at);
    }

    void wipe() {
        small.wipe();
        if (large != null) {
            large.wipe();
        }
        ghash.wipe();
        maskHigh = 0;
        maskLow = 0;
    }
}
