package io.keycask.kms.pkcs11;

import io.keycask.kms.ProviderException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The layout of a sealed state: {@code format 1 || name of the state key (8) || nonce (12) || ciphertext and tag}
 * ({@code docs/formats.md} §12.2).
 *
 * @param keyName the random part of the label of the key
 * @param nonce the nonce
 * @param ciphertext with its tag
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call, is never compared
record SealedState(long keyName, byte[] nonce, byte[] ciphertext) {
    static final int NONCE_BYTES = 12;
    private static final byte FORMAT = 1;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + Long.BYTES + NONCE_BYTES;
    static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;
    private static final String LABEL = "keycask/state/";
    private static final String PURPOSE = "keycask/pkcs11/state/v1/";

    static SealedState parse(byte[] bytes) {
        if (bytes.length < HEADER_BYTES + TAG_BYTES || bytes[0] != FORMAT) {
            throw refused();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        long name = in.getLong();
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        byte[] ciphertext = new byte[in.remaining()];
        in.get(ciphertext);
        return new SealedState(name, nonce, ciphertext);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + ciphertext.length)
                .put(FORMAT)
                .putLong(keyName)
                .put(nonce)
                .put(ciphertext)
                .array();
    }

    /** Returns the key on the token. */
    TokenObject key() {
        return key(keyName);
    }

    static TokenObject key(long name) {
        return TokenObject.secret(LABEL + HexFormat.of().toHexDigits(name));
    }

    /** Returns what is authenticated with the state. */
    static byte[] aad(long keyName, String purpose) {
        return (PURPOSE + HexFormat.of().toHexDigits(keyName) + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }

    static ProviderException refused() {
        return ProviderException.permanent(
                "the sealed state was altered, or sealed by another token or for another purpose", null);
    }
}
