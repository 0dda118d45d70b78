package io.keycask.kms.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Reads framed messages of the AWS Encryption SDK format, version 2, with nothing but Bouncy Castle: an oracle. */
final class FramedMessageReader {
    private static final int SUITE_AES = 0x0478;
    private static final int SUITE_SM4 = 0xF178;
    private static final int MESSAGE_ID_BYTES = 32;
    private static final int COMMITMENT_BYTES = 32;
    private static final int NONCE_BYTES = KeyedAead.NONCE_BYTES;
    private static final int TAG_BYTES = KeyedAead.TAG_BYTES;
    private static final int FINAL_FRAME = -1;

    private final Unwrapping unwrapping;

    /** Unwraps a data key: by the CMK, or the master key of the program that wrote the message. */
    interface Unwrapping {
        byte[] unwrap(byte[] providerInfo, byte[] wrapped, byte[] context) throws GeneralSecurityException;
    }

    FramedMessageReader(Unwrapping unwrapping) {
        this.unwrapping = unwrapping;
    }

    byte[] read(byte[] message) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(message);
        expect(in.get() == 2, "version");
        int suite = Short.toUnsignedInt(in.getShort());
        expect(suite == SUITE_AES || suite == SUITE_SM4, "suite");
        byte[] messageId = take(in, MESSAGE_ID_BYTES);
        byte[] context = field(in);
        expect(in.getShort() == 1, "number of wrapped data keys");
        field(in);
        byte[] dataKey = unwrapping.unwrap(field(in), field(in), context);
        expect(in.get() == 2, "content type");
        int frameBytes = in.getInt();

        byte[] commitment = derive(suite, dataKey, messageId, ascii("COMMITKEY"), COMMITMENT_BYTES);
        expect(MessageDigest.isEqual(commitment, take(in, COMMITMENT_BYTES)), "commitment");
        byte[] info = ByteBuffer.allocate(11)
                .putShort((short) suite)
                .put(ascii("DERIVEKEY"))
                .array();
        byte[] messageKey = derive(suite, dataKey, messageId, info, dataKey.length);
        BlockCipher block = suite == SUITE_AES ? AESEngine.newInstance() : new SM4Engine();
        BouncyCastleAead aead = new BouncyCastleAead(block, messageKey);
        byte[] header = new byte[in.position()];
        in.duplicate().rewind().get(header);
        aead.open(new byte[NONCE_BYTES], header, message, in.position(), TAG_BYTES, new byte[0], 0);
        in.position(in.position() + TAG_BYTES);
        return readFrames(aead, messageId, message, in, frameBytes);
    }

    private static byte[] readFrames(
            BouncyCastleAead aead, byte[] messageId, byte[] message, ByteBuffer in, int frameBytes)
            throws GeneralSecurityException {
        byte[] plaintext = new byte[in.remaining()];
        int written = 0;
        for (int number = 1; ; number++) {
            int first = in.getInt();
            boolean last = first == FINAL_FRAME;
            expect((last ? in.getInt() : first) == number, "sequence number");
            byte[] nonce = take(in, NONCE_BYTES);
            int length = last ? in.getInt() : frameBytes;
            byte[] label = ascii("AWSKMSEncryptionClient " + (last ? "Final Frame" : "Frame"));
            byte[] associatedData = ByteBuffer.allocate(messageId.length + label.length + 12)
                    .put(messageId)
                    .put(label)
                    .putInt(number)
                    .putLong(length)
                    .array();
            aead.open(nonce, associatedData, message, in.position(), length + TAG_BYTES, plaintext, written);
            in.position(in.position() + length + TAG_BYTES);
            written += length;
            if (last) {
                expect(!in.hasRemaining(), "end");
                return Arrays.copyOf(plaintext, written);
            }
        }
    }

    private static byte[] derive(int suite, byte[] dataKey, byte[] salt, byte[] info, int size) {
        Digest digest = suite == SUITE_AES ? new SHA512Digest() : new SM3Digest();
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(digest);
        hkdf.init(new HKDFParameters(dataKey, salt, info));
        byte[] key = new byte[size];
        hkdf.generateBytes(key, 0, size);
        return key;
    }

    private static byte[] field(ByteBuffer in) {
        return take(in, Short.toUnsignedInt(in.getShort()));
    }

    private static byte[] take(ByteBuffer in, int size) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void expect(boolean holds, String what) throws GeneralSecurityException {
        if (!holds) {
            throw new GeneralSecurityException("unexpected " + what);
        }
    }
}
