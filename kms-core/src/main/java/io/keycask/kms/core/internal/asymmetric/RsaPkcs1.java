package io.keycask.kms.core.internal.asymmetric;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2). The encoded message is built and compared as a whole, never parsed, so
 * that there is one signature only of a digest.
 */
record RsaPkcs1(RsaKey key) implements SignatureScheme {
    private static final String DIGEST_INFO_SHA_256 = "3031300d060960864801650304020105000420";

    @Override
    public int digestBytes() {
        return 32;
    }

    @Override
    public byte[] digest(byte[] message) {
        return SignatureScheme.jdkDigest("SHA-256").digest(message);
    }

    @Override
    public byte[] encode(byte[] fromProvider) {
        return RsaPss.requireLength(fromProvider, key);
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
        return key.encodedMessage(signature)
                .filter(found -> MessageDigest.isEqual(found, encodedMessage(digest)))
                .isPresent();
    }

    private byte[] encodedMessage(byte[] digest) {
        byte[] info = HexFormat.of().parseHex(DIGEST_INFO_SHA_256);
        byte[] padding = new byte[key.sizeBytes() - 3 - info.length - digest.length];
        Arrays.fill(padding, (byte) 0xff);
        return ByteBuffer.allocate(key.sizeBytes())
                .put((byte) 0)
                .put((byte) 1)
                .put(padding)
                .put((byte) 0)
                .put(info)
                .put(digest)
                .array();
    }
}
