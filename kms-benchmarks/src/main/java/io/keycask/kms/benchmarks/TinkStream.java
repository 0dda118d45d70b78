package io.keycask.kms.benchmarks;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Tink's streaming AES-256-GCM in segments of 4 KB or 1 MB, under a key that stays. */
final class TinkStream implements StreamCipher {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_PREFIX_BYTES = 7;
    private static final int HEADER_BYTES = 1 + KEY_BYTES + NONCE_PREFIX_BYTES;

    private final byte[] key = new byte[KEY_BYTES];
    private final StreamingAead aead;
    private final int segmentBytes;
    private final byte[] context;

    private TinkStream(AesGcmHkdfStreamingParameters parameters, byte[] context) throws GeneralSecurityException {
        Arrays.fill(key, (byte) 0x5a);
        this.aead = TinkKeys.streaming(parameters, key);
        this.segmentBytes = parameters.getCiphertextSegmentSizeBytes();
        this.context = context;
    }

    static TinkStream segmentsOf4k(byte[] context) throws GeneralSecurityException {
        return new TinkStream(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_4KB, context);
    }

    static TinkStream segmentsOf1m(byte[] context) throws GeneralSecurityException {
        return new TinkStream(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB, context);
    }

    @Override
    public void encrypt(InputStream plaintext, OutputStream message) throws GeneralSecurityException, IOException {
        try (OutputStream encrypting = aead.newEncryptingStream(message, context)) {
            StreamCipher.copy(plaintext, encrypting);
        }
    }

    @Override
    public void decrypt(InputStream message, OutputStream plaintext) throws GeneralSecurityException, IOException {
        try (InputStream decrypting = aead.newDecryptingStream(message, context)) {
            StreamCipher.copy(decrypting, plaintext);
        }
    }

    /*
     * message = length of the header (1) | salt (32) | prefix of the nonces (7) | segments
     * The header counts as part of the first segment. A nonce is the prefix, the number of the segment and whether it is the last.
     */
    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOfRange(message, 1, 1 + KEY_BYTES);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(key, salt, context));
        byte[] messageKey = new byte[KEY_BYTES];
        hkdf.generateBytes(messageKey, 0, KEY_BYTES);
        BouncyCastleAead aes = new BouncyCastleAead(AESEngine.newInstance(), messageKey);
        byte[] plaintext = new byte[message.length];
        int written = 0;
        int segments = (message.length - 1) / segmentBytes + 1;
        for (int segment = 0; segment < segments; segment++) {
            int at = segment == 0 ? HEADER_BYTES : segment * segmentBytes;
            int length = Math.min((segment + 1) * segmentBytes, message.length) - at;
            byte[] nonce = ByteBuffer.allocate(KeyedAead.NONCE_BYTES)
                    .put(message, 1 + KEY_BYTES, NONCE_PREFIX_BYTES)
                    .putInt(segment)
                    .put((byte) (segment == segments - 1 ? 1 : 0))
                    .array();
            aes.open(nonce, new byte[0], message, at, length, plaintext, written);
            written += length - KeyedAead.TAG_BYTES;
        }
        return Arrays.copyOf(plaintext, written);
    }

    @Override
    public void close() {}
}
