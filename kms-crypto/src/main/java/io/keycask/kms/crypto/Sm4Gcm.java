package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;

/**
 * An SM4-GCM key (SM4 of GB/T 32907, GCM of NIST SP 800-38D, combined as in RFC 8998) with tags of 128 bits.
 *
 * <p>Nonces of 96 bits are the usual and the fast ones; any other length of at least one byte is taken as the standard says. Under one
 * key at most 2<sup>32</sup> messages may have random nonces. Opening verifies the tag before it decrypts anything.
 *
 * <p>No index and no branch in this code depends on a key, a plaintext or what is computed from them: the S-box is a circuit, the hash
 * is multiplication, and no address in a table depends on a secret; {@code docs/timing.md} says what was measured. Preparing a
 * key costs about as much as sealing half a kilobyte, so keep the object.
 *
 * <p>Where the application runs on JDK 25 with {@code --add-modules jdk.incubator.vector}, messages of more than 240 bytes are done
 * by vector instructions, once a background thread has found that they are faster.
 */
public final class Sm4Gcm implements AeadKey {
    /** Length of a key in bytes. */
    public static final int KEY_BYTES = Sm4.KEY_BYTES;

    /** Recommended length of a nonce in bytes. */
    public static final int NONCE_BYTES = 12;

    private final long[] roundKeys;
    private final GhashKey hashKey;
    private final Lifespan lifespan = new Lifespan();
    private final Slots<GcmMessage> idle = new Slots<>(GcmMessage::wipe);

    private Sm4Gcm(byte[] key) {
        this.roundKeys = Sm4Key.expand(key, false);
        Sm4Batch batch = new Sm4Batch();
        byte[] h = new byte[Sm4.BLOCK_BYTES];
        batch.encryptBlocks(roundKeys, h, 0, h, 0, 1);
        this.hashKey = new GhashKey((long) Bytes.LONG_BE.get(h, 0), (long) Bytes.LONG_BE.get(h, 8));
        Arrays.fill(h, (byte) 0);
        batch.wipe();
        BulkChoice.begin();
    }

    /**
     * Returns a key object for 16 key bytes.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static Sm4Gcm of(byte[] key) {
        Ranges.checkKey(key, KEY_BYTES);
        return new Sm4Gcm(key);
    }

    @Override
    public int seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        check(nonce, aad);
        Ranges.checkSeal(in, inOffset, length, out, outOffset);
        if (Ranges.overlap(in, inOffset, length, out, outOffset, length + TAG_BYTES)) {
            byte[] copy = Ranges.copy(in, inOffset, length);
            seal(nonce, aad, copy, 0, length, out, outOffset);
            Arrays.fill(copy, (byte) 0);
            return length + TAG_BYTES;
        }
        GcmMessage message = takeMessage();
        message.start(nonce, aad, length);
        message.encrypt(in, inOffset, length, out, outOffset);
        message.tag(out, outOffset + length);
        giveMessage(message);
        lifespan.requireOpenOrWipe(out, outOffset, length + TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        check(nonce, aad);
        Ranges.checkOpen(in, inOffset, length, out, outOffset);
        int textLength = length - TAG_BYTES;
        if (Ranges.overlap(in, inOffset, textLength, out, outOffset, textLength)) {
            return open(nonce, aad, Ranges.copy(in, inOffset, length), 0, length, out, outOffset);
        }
        GcmMessage message = takeMessage();
        message.start(nonce, aad, textLength);
        message.hash(in, inOffset, textLength);
        boolean authentic = message.isTag(in, inOffset + textLength);
        if (authentic) {
            message.crypt(in, inOffset, textLength, out, outOffset);
        }
        giveMessage(message);
        if (!authentic) {
            lifespan.requireOpen();
            throw Ranges.notAuthentic();
        }
        lifespan.requireOpenOrWipe(out, outOffset, textLength);
        return textLength;
    }

    private void check(byte[] nonce, byte[] aad) {
        lifespan.requireOpen();
        Objects.requireNonNull(aad, "aad");
        if (nonce.length == 0) {
            throw new IllegalArgumentException("nonce is 0 bytes; expected at least 1");
        }
    }

    /** Returns working memory for a message under this key, which is the caller's until it is given back. */
    GcmMessage takeMessage() {
        Bulk bulk = BulkChoice.current();
        GcmMessage message = idle.poll();
        // What was made before the choice fell is dropped.
        if (message == null || message.hasBulk() != (bulk != null)) {
            return new GcmMessage(roundKeys, hashKey, bulk);
        }
        return message;
    }

    void giveMessage(GcmMessage message) {
        idle.give(message);
    }

    @Override
    public void close() {
        lifespan.end();
        Arrays.fill(roundKeys, 0);
        hashKey.wipe();
        idle.close();
    }

    @Override
    public String toString() {
        return "Sm4Gcm";
    }
}
