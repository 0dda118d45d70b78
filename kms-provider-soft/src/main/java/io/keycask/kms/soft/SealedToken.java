package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.crypto.Xaes256Gcm;
import java.nio.ByteBuffer;

/**
 * The bytes of something sealed under a root key, taken apart but not opened yet.
 *
 * <p>{@code format (1) || root-key id (8) || nonce (24) || ciphertext || tag (16)}, docs/formats.md §6.2. Immutable.
 */
final class SealedToken {
    static final int HEADER_BYTES = 1 + RootKeyId.BYTES;
    static final int OVERHEAD_BYTES = HEADER_BYTES + Xaes256Gcm.NONCE_BYTES + AeadKey.TAG_BYTES;

    /** The longest secret that is sealed: a private key of a later spec, with room to spare. */
    static final int MAX_SECRET_BYTES = 8_192;

    private final RootKeyId rootKeyId;
    private final byte[] nonce;
    private final byte[] ciphertextAndTag;

    private SealedToken(RootKeyId rootKeyId, byte[] nonce, byte[] ciphertextAndTag) {
        this.rootKeyId = rootKeyId;
        this.nonce = nonce;
        this.ciphertextAndTag = ciphertextAndTag;
    }

    /**
     * Returns the token that these bytes are.
     *
     * @param what for messages
     * @throws ProviderException if the bytes have not the form of a token of this format
     */
    static SealedToken parse(SealedFormat format, byte[] bytes, String what) {
        // SOFT-2: length before format before anything else
        if (bytes.length < OVERHEAD_BYTES || bytes.length > OVERHEAD_BYTES + MAX_SECRET_BYTES) {
            throw malformed(what, bytes.length + " bytes");
        }
        if (bytes[0] != format.id()) {
            throw malformed(what, "format " + (bytes[0] & 0xff));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        RootKeyId rootKeyId = new RootKeyId(in.getLong());
        byte[] nonce = new byte[Xaes256Gcm.NONCE_BYTES];
        byte[] ciphertextAndTag = new byte[bytes.length - HEADER_BYTES - Xaes256Gcm.NONCE_BYTES];
        in.get(nonce).get(ciphertextAndTag);
        return new SealedToken(rootKeyId, nonce, ciphertextAndTag);
    }

    static byte[] serialize(SealedFormat format, RootKeyId rootKeyId, byte[] nonce, byte[] ciphertextAndTag) {
        return ByteBuffer.allocate(HEADER_BYTES + nonce.length + ciphertextAndTag.length)
                .put(header(format, rootKeyId))
                .put(nonce)
                .put(ciphertextAndTag)
                .array();
    }

    /** Returns what is authenticated: the header of the token, and what the caller says the secret belongs to. */
    static byte[] aad(SealedFormat format, RootKeyId rootKeyId, byte[] belongsTo) {
        return ByteBuffer.allocate(HEADER_BYTES + belongsTo.length)
                .put(header(format, rootKeyId))
                .put(belongsTo)
                .array();
    }

    private static byte[] header(SealedFormat format, RootKeyId rootKeyId) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(format.id())
                .putLong(rootKeyId.value())
                .array();
    }

    private static ProviderException malformed(String what, String found) {
        return ProviderException.permanent(what + " is damaged: not a sealed token, found " + found, null);
    }

    RootKeyId rootKeyId() {
        return rootKeyId;
    }

    byte[] nonce() {
        return nonce.clone();
    }

    byte[] ciphertextAndTag() {
        return ciphertextAndTag.clone();
    }
}
