package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.crypto.Sm4Gcm;
import javax.crypto.AEADBadTagException;

/** SM4-GCM (RFC 8998) by kms-crypto, which verifies the tag of a frame before it decrypts a byte of it. */
final class Sm4Frames implements FrameAead {
    private final AeadKey key;
    private final boolean owner;

    private Sm4Frames(AeadKey key, boolean owner) {
        this.key = key;
        this.owner = owner;
    }

    /** Returns a cipher with a copy of this key. */
    static Sm4Frames of(byte[] key) {
        return new Sm4Frames(Sm4Gcm.of(key), true);
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        int unused = key.seal(nonce, aad, in, inOffset, length, out, outOffset);
    }

    @Override
    public void open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            int unused = key.open(nonce, aad, in, inOffset, length + TAG_BYTES, out, outOffset);
        } catch (AEADBadTagException e) {
            throw new DecryptionException();
        }
    }

    /** The key serves any number of threads; it ends with the cipher that it was made for. */
    @Override
    public FrameAead fork() {
        return new Sm4Frames(key, false);
    }

    @Override
    public void close() {
        if (owner) {
            key.close();
        }
    }
}
