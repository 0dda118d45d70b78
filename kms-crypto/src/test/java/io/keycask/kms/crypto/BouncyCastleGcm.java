package io.keycask.kms.crypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** GCM by Bouncy Castle, the oracle. */
final class BouncyCastleGcm {
    private BouncyCastleGcm() {}

    static byte[] seal(BlockCipher cipher, byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        var gcm = GCMBlockCipher.newInstance(cipher);
        gcm.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, aad));
        byte[] sealed = new byte[gcm.getOutputSize(plaintext.length)];
        int n = gcm.processBytes(plaintext, 0, plaintext.length, sealed, 0);
        gcm.doFinal(sealed, n);
        return sealed;
    }
}
