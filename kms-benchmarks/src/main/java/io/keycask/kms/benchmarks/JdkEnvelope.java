package io.keycask.kms.benchmarks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;

/** What one would write with nothing but the JDK's AES-GCM, and write well. */
final class JdkEnvelope implements Envelope {
    /*
     * message = nonce of the wrapped key (12) | wrapped key and tag (48) | frames
     * frame   = ciphertext (FRAME_BYTES, in the last frame 0 to FRAME_BYTES - 1) | tag (16)
     *
     * Frames, because the JDK's GCM is fast only in small calls and buffers whatever it decrypts; at 64 KiB it is at its best, once
     * it is warm. A frame's nonce is its number and whether it is the last. One Cipher per thread, because getInstance costs more than a small message. There
     * is no key commitment, no store, no access control and no audit: this is the floor, not an alternative.
     */
    private static final int FRAME_BYTES = 64 * 1024;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec masterKey = new SecretKeySpec(randomBytes(KEY_BYTES), "AES");
    private final byte[] context;
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(JdkEnvelope::newCipher);

    JdkEnvelope(byte[] context) {
        this.context = context.clone();
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-GCM", e);
        }
    }

    private byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        byte[] dataKey = randomBytes(KEY_BYTES);
        byte[] wrapNonce = randomBytes(NONCE_BYTES);
        int frames = plaintext.length / FRAME_BYTES + 1;
        byte[] message = new byte[HEADER_BYTES + plaintext.length + frames * TAG_BYTES];

        System.arraycopy(wrapNonce, 0, message, 0, NONCE_BYTES);
        init(cipher, Cipher.ENCRYPT_MODE, masterKey, wrapNonce);
        cipher.doFinal(dataKey, 0, KEY_BYTES, message, NONCE_BYTES);
        SecretKeySpec key = new SecretKeySpec(dataKey, "AES");
        int out = HEADER_BYTES;
        for (int frame = 0; frame < frames; frame++) {
            int in = frame * FRAME_BYTES;
            int length = Math.min(FRAME_BYTES, plaintext.length - in);
            init(cipher, Cipher.ENCRYPT_MODE, key, frameNonce(frame, frame == frames - 1));
            out += cipher.doFinal(plaintext, in, length, message, out);
        }
        return message;
    }

    @Override
    public byte[] decrypt(byte[] message) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        byte[] plaintext = new byte[decryptedBytes(message)];
        int frames = plaintext.length / FRAME_BYTES + 1;

        init(cipher, Cipher.DECRYPT_MODE, masterKey, ByteBuffer.wrap(message).slice(0, NONCE_BYTES));
        SecretKeySpec key = new SecretKeySpec(cipher.doFinal(message, NONCE_BYTES, KEY_BYTES + TAG_BYTES), "AES");
        int out = 0;
        for (int frame = 0; frame < frames; frame++) {
            int in = HEADER_BYTES + frame * (FRAME_BYTES + TAG_BYTES);
            int length = Math.min(FRAME_BYTES + TAG_BYTES, message.length - in);
            init(cipher, Cipher.DECRYPT_MODE, key, frameNonce(frame, frame == frames - 1));
            out += cipher.doFinal(message, in, length, plaintext, out);
        }
        return plaintext;
    }

    private void init(Cipher cipher, int mode, SecretKeySpec key, byte[] nonce) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context);
    }

    private void init(Cipher cipher, int mode, SecretKeySpec key, ByteBuffer nonce) throws GeneralSecurityException {
        byte[] copy = new byte[nonce.remaining()];
        nonce.get(copy);
        init(cipher, mode, key, copy);
    }

    private static byte[] frameNonce(int frame, boolean last) {
        return ByteBuffer.allocate(NONCE_BYTES)
                .putInt(frame)
                .put((byte) (last ? 1 : 0))
                .array();
    }

    /** Opens the frames by Bouncy Castle. */
    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        byte[] dataKey = new byte[KEY_BYTES];
        new BouncyCastleAead(AESEngine.newInstance(), masterKey.getEncoded())
                .open(
                        Arrays.copyOf(message, NONCE_BYTES),
                        context,
                        message,
                        NONCE_BYTES,
                        KEY_BYTES + TAG_BYTES,
                        dataKey,
                        0);
        BouncyCastleAead aes = new BouncyCastleAead(AESEngine.newInstance(), dataKey);
        byte[] plaintext = new byte[decryptedBytes(message)];
        int frames = plaintext.length / FRAME_BYTES + 1;
        for (int frame = 0; frame < frames; frame++) {
            int in = HEADER_BYTES + frame * (FRAME_BYTES + TAG_BYTES);
            int length = Math.min(FRAME_BYTES + TAG_BYTES, message.length - in);
            byte[] nonce = frameNonce(frame, frame == frames - 1);
            aes.open(nonce, context, message, in, length, plaintext, frame * FRAME_BYTES);
        }
        return plaintext;
    }

    private static int decryptedBytes(byte[] message) {
        int bodyBytes = message.length - HEADER_BYTES;
        int frames = (bodyBytes - TAG_BYTES) / (FRAME_BYTES + TAG_BYTES) + 1;
        return bodyBytes - frames * TAG_BYTES;
    }

    @Override
    public void close() {
        ciphers.remove();
    }
}
