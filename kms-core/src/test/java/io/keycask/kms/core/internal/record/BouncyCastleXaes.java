package io.keycask.kms.core.internal.record;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** A second implementation of records, of Bouncy Castle's parts alone, that shares no code with ours. */
final class BouncyCastleXaes {
    private BouncyCastleXaes() {}

    static byte[] recordKey(byte[] dataKey, byte[] salt, byte[] info) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA512Digest());
        hkdf.init(new HKDFParameters(dataKey, salt, info));
        byte[] key = new byte[32];
        hkdf.generateBytes(key, 0, key.length);
        return key;
    }

    static byte[] open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed)
            throws InvalidCipherTextException {
        return run(false, key, nonce, associatedData, sealed);
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext)
            throws InvalidCipherTextException {
        return run(true, key, nonce, associatedData, plaintext);
    }

    private static byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] associatedData, byte[] in)
            throws InvalidCipherTextException {
        byte[] rest = Arrays.copyOfRange(nonce, 12, 24);
        GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
        gcm.init(seal, new AEADParameters(new KeyParameter(prefixKey(key, nonce)), 128, rest, associatedData));
        byte[] out = new byte[gcm.getOutputSize(in.length)];
        int written = gcm.processBytes(in, 0, in.length, out, 0);
        gcm.doFinal(out, written);
        return out;
    }

    private static byte[] prefixKey(byte[] key, byte[] nonce) {
        byte[] fixed = new byte[14];
        fixed[0] = 'X';
        System.arraycopy(nonce, 0, fixed, 2, 12);
        KDFCounterBytesGenerator kdf = new KDFCounterBytesGenerator(new CMac(AESEngine.newInstance()));
        kdf.init(new KDFCounterParameters(key, fixed, 16));
        byte[] derived = new byte[32];
        kdf.generateBytes(derived, 0, derived.length);
        return derived;
    }
}
