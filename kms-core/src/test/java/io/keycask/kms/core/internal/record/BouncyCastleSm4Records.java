package io.keycask.kms.core.internal.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/** A second implementation of SM4 records, of Bouncy Castle's parts alone, that shares no code with ours. */
final class BouncyCastleSm4Records {
    private BouncyCastleSm4Records() {}

    static byte[] seal(byte[] dataKey, byte[] nonce, byte[] value, byte[] associatedData)
            throws InvalidCipherTextException {
        byte[] sealed = run(true, dataKey, nonce, associatedData, value);
        return ByteBuffer.allocate(25 + sealed.length)
                .put((byte) 2)
                .put(nonce)
                .put(sealed)
                .array();
    }

    static byte[] open(byte[] dataKey, byte[] record, byte[] associatedData) throws InvalidCipherTextException {
        byte[] sealed = Arrays.copyOfRange(record, 25, record.length);
        return run(false, dataKey, Fixture.nonce(record), associatedData, sealed);
    }

    private static byte[] run(boolean seal, byte[] dataKey, byte[] nonce, byte[] associatedData, byte[] in)
            throws InvalidCipherTextException {
        byte[] recordKey = hkdf(dataKey, ascii("keycask-record"), ascii("keycask record 2: SM4-GCM-HKDF-SM3 key"));
        byte[] info = ByteBuffer.allocate(41)
                .put(ascii("keycask sm4-gcm 1: prefix key"))
                .put(nonce, 0, 12)
                .array();
        byte[] prefixKey = hkdf(recordKey, new byte[0], info);
        GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
        byte[] rest = Arrays.copyOfRange(nonce, 12, 24);
        gcm.init(seal, new AEADParameters(new KeyParameter(prefixKey), 128, rest, associatedData));
        byte[] out = new byte[gcm.getOutputSize(in.length)];
        int written = gcm.processBytes(in, 0, in.length, out, 0);
        gcm.doFinal(out, written);
        return out;
    }

    private static byte[] hkdf(byte[] secret, byte[] salt, byte[] info) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
        hkdf.init(new HKDFParameters(secret, salt, info));
        byte[] key = new byte[16];
        hkdf.generateBytes(key, 0, key.length);
        return key;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
