package io.keycask.kms.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;

/** A second XAES-256-GCM, made of Bouncy Castle's SP 800-108 KDF, CMAC and GCM, that shares no code with ours. */
final class BouncyCastleXaes {
    private BouncyCastleXaes() {}

    static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        byte[] label = {'X', 0};
        byte[] context = Arrays.copyOfRange(nonce, 0, 12);
        byte[] fixed = Arrays.copyOf(label, label.length + context.length);
        System.arraycopy(context, 0, fixed, label.length, context.length);
        KDFCounterBytesGenerator kdf = new KDFCounterBytesGenerator(new CMac(AESEngine.newInstance()));
        kdf.init(new KDFCounterParameters(key, fixed, 16));
        byte[] derived = new byte[32];
        kdf.generateBytes(derived, 0, derived.length);

        byte[] tail = Arrays.copyOfRange(nonce, 12, 24);
        return BouncyCastleGcm.seal(AESEngine.newInstance(), derived, tail, aad, plaintext);
    }
}
