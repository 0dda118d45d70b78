package io.keycask.kms.core.internal.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The end of a hash chain of events, which moves on with every event. Used by one thread.
 *
 * <p>Each hash covers the one before it and the body; the first covers the store and the chain, so that no chain fits
 * into another store ({@code docs/formats.md} §8.2).
 */
public final class AuditChain {
    public static final int HASH_BYTES = 32;

    private static final byte[] START = "keycask/audit/start/v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINK = "keycask/audit/link/v1".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private long sequence;
    private byte[] hash;

    private AuditChain(long sequence, byte[] hash) {
        this.digest = sha256();
        this.sequence = sequence;
        this.hash = hash;
    }

    /** Returns the end of a chain that has no event yet. */
    public static AuditChain start(UUID storeId, UUID chainId) {
        MessageDigest digest = sha256();
        digest.update(START);
        digest.update(bytes(storeId));
        digest.update(bytes(chainId));
        return new AuditChain(0, digest.digest());
    }

    /** Returns the end of a chain whose last event has this number and hash. */
    public static AuditChain resume(long sequence, byte[] hash) {
        return new AuditChain(sequence, hash.clone());
    }

    /** Moves behind the event with this body. */
    public void append(byte[] body) {
        hash = next(body);
        sequence++;
    }

    /** Returns the hash of an event with this body that comes next, and does not move. */
    byte[] next(byte[] body) {
        return link(hash, body);
    }

    /** Returns the hash of an event with this body that comes behind one with this hash. */
    byte[] link(byte[] before, byte[] body) {
        // AUD-3
        digest.update(LINK);
        digest.update(before);
        int length = body.length;
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        return digest.digest(body);
    }

    /** Returns the chain behind this place. */
    public static AuditChain behind(AuditHead head) {
        return resume(head.sequence(), head.hash());
    }

    /** Returns where the chain is. */
    public AuditHead head() {
        return new AuditHead(sequence, hash);
    }

    /** Returns the number of the last event; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Returns the hash of the last event, or what stands for it before the first. */
    public byte[] hash() {
        return hash.clone();
    }

    private static ByteBuffer bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
