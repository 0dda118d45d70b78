package io.keycask.kms.spi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4-GCM-HKDF-SM3, {@code docs/formats.md} §3.1, of Bouncy Castle's parts. */
final class IndependentSm4 {
    private static final byte[] LABEL = "keycask sm4-gcm 1: prefix key".getBytes(StandardCharsets.US_ASCII);

    private IndependentSm4() {}

    static byte[] crypt(boolean seal, byte[] key, byte[] nonce, byte[] aad, byte[] input)
            throws GeneralSecurityException {
        GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
        KeyParameter prefixKey = new KeyParameter(prefixKey(key, Arrays.copyOf(nonce, 12)));
        gcm.init(seal, new AEADParameters(prefixKey, 128, Arrays.copyOfRange(nonce, 12, 24), aad));
        byte[] output = new byte[gcm.getOutputSize(input.length)];
        try {
            int written = gcm.processBytes(input, 0, input.length, output, 0);
            gcm.doFinal(output, written);
            return output;
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static byte[] prefixKey(byte[] key, byte[] prefix) {
        byte[] info = Arrays.copyOf(LABEL, LABEL.length + prefix.length);
        System.arraycopy(prefix, 0, info, LABEL.length, prefix.length);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
        hkdf.init(new HKDFParameters(key, new byte[0], info));
        byte[] derived = new byte[16];
        hkdf.generateBytes(derived, 0, derived.length);
        return derived;
    }
}
