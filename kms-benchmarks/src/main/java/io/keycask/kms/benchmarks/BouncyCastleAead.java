package io.keycask.kms.benchmarks;

import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Bouncy Castle's own API, which is faster than its provider. */
final class BouncyCastleAead implements KeyedAead {
    private final GCMModeCipher cipher;
    private final KeyParameter key;

    BouncyCastleAead(BlockCipher block, byte[] key) {
        this.cipher = GCMBlockCipher.newInstance(block);
        this.key = new KeyParameter(key);
    }

    @Override
    public void seal(byte[] nonce, byte[] plaintext, byte[] sealed) throws GeneralSecurityException {
        crypt(true, nonce, new byte[0], plaintext, 0, plaintext.length, sealed, 0);
    }

    @Override
    public void open(byte[] nonce, byte[] sealed, byte[] plaintext) throws GeneralSecurityException {
        crypt(false, nonce, new byte[0], sealed, 0, sealed.length, plaintext, 0);
    }

    /** Opens a part of an array into a part of another one. */
    void open(byte[] nonce, byte[] associatedData, byte[] in, int at, int length, byte[] out, int to)
            throws GeneralSecurityException {
        crypt(false, nonce, associatedData, in, at, length, out, to);
    }

    private void crypt(
            boolean forEncryption,
            byte[] nonce,
            byte[] associatedData,
            byte[] in,
            int at,
            int length,
            byte[] out,
            int to)
            throws GeneralSecurityException {
        cipher.init(forEncryption, new AEADParameters(key, Byte.SIZE * TAG_BYTES, nonce, associatedData));
        int written = cipher.processBytes(in, at, length, out, to);
        try {
            cipher.doFinal(out, to + written);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException("not authentic", e);
        }
    }
}
