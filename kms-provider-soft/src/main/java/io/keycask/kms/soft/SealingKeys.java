package io.keycask.kms.soft;

import io.keycask.kms.crypto.Hkdf;
import io.keycask.kms.crypto.Xaes256Gcm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;

/**
 * What is derived from one root key: its public id, and one XAES-256-GCM key for each {@link SealedFormat}.
 *
 * <p>HKDF-SHA256 labels separate them (SOFT-1); the root key itself is not kept. Thread-safe.
 */
final class SealingKeys implements AutoCloseable {
    static final int ROOT_KEY_BYTES = 32;

    private static final byte[] NO_SALT = new byte[0];
    private static final String ID_LABEL = "keycask soft 1: root key id";

    private final RootKeyId id;
    private final Map<SealedFormat, Xaes256Gcm> keys;
    private final SecureRandom random = new SecureRandom();

    private SealingKeys(RootKeyId id, Map<SealedFormat, Xaes256Gcm> keys) {
        this.id = id;
        this.keys = keys;
    }

    /** Derives the keys and wipes the root key. */
    static SealingKeys takeFrom(byte[] rootKey) {
        try (Hkdf.Prk prk = Hkdf.SHA256.extract(NO_SALT, rootKey)) {
            RootKeyId id = new RootKeyId(
                    ByteBuffer.wrap(expand(prk, ID_LABEL, RootKeyId.BYTES)).getLong());
            Map<SealedFormat, Xaes256Gcm> keys = new EnumMap<>(SealedFormat.class);
            for (SealedFormat format : SealedFormat.values()) {
                byte[] key = expand(prk, format.label(), Xaes256Gcm.KEY_BYTES);
                keys.put(format, Xaes256Gcm.of(key));
                Arrays.fill(key, (byte) 0);
            }
            return new SealingKeys(id, keys);
        } finally {
            Arrays.fill(rootKey, (byte) 0);
        }
    }

    private static byte[] expand(Hkdf.Prk prk, String label, int sizeBytes) {
        return prk.expand(label.getBytes(StandardCharsets.US_ASCII), sizeBytes);
    }

    RootKeyId id() {
        return id;
    }

    byte[] seal(SealedFormat format, byte[] belongsTo, byte[] secret) {
        byte[] nonce = new byte[Xaes256Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] aad = SealedToken.aad(format, id, belongsTo);
        return SealedToken.serialize(format, id, nonce, key(format).seal(nonce, aad, secret));
    }

    /** Returns the secret, which the caller has to wipe. */
    byte[] open(SealedFormat format, byte[] belongsTo, SealedToken token) throws AEADBadTagException {
        byte[] aad = SealedToken.aad(format, token.rootKeyId(), belongsTo);
        return key(format).open(token.nonce(), aad, token.ciphertextAndTag());
    }

    private Xaes256Gcm key(SealedFormat format) {
        Xaes256Gcm key = keys.get(format);
        if (key == null) {
            throw new AssertionError(format);
        }
        return key;
    }

    @Override
    public void close() {
        keys.values().forEach(Xaes256Gcm::close);
    }
}
