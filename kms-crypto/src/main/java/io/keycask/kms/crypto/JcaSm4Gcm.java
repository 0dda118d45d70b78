package io.keycask.kms.crypto;

import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** SM4-GCM for {@link Cipher}. */
final class JcaSm4Gcm extends CipherSpi {
    /*
     * Encryption works on whole blocks as they come and keeps the rest, less than a block, in "held". Decryption holds everything until
     * the end, because nothing may leave before the tag is verified. After the end of an encryption the cipher wants a new
     * nonce; after a decryption it begins anew with the same one, as the JDK's GCM does.
     */
    static final String ALGORITHM = "SM4/GCM/NoPadding";

    private static final int TAG_BYTES = AeadKey.TAG_BYTES;

    private @Nullable Sm4Gcm key;
    private byte[] keyBytes = new byte[0];
    private byte[] nonce = new byte[0];
    private boolean encrypting;
    private boolean spent = true;
    private @Nullable GcmMessage message;
    private final Wipeable aad = new Wipeable();
    private final Wipeable held = new Wipeable();

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        if (!mode.equalsIgnoreCase("GCM")) {
            throw new NoSuchAlgorithmException("SM4 in mode " + mode);
        }
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        if (!padding.equalsIgnoreCase("NoPadding")) {
            throw new NoSuchPaddingException(padding);
        }
    }

    @Override
    protected int engineGetBlockSize() {
        return Sm4.BLOCK_BYTES;
    }

    @Override
    protected int engineGetKeySize(Key newKey) throws InvalidKeyException {
        byte[] bytes = JcaKeys.encoded(newKey);
        Arrays.fill(bytes, (byte) 0);
        return 8 * bytes.length;
    }

    @Override
    protected byte[] engineGetIV() {
        return nonce.clone();
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("GCM");
            parameters.init(new GCMParameterSpec(8 * TAG_BYTES, nonce));
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no GCM parameters", e);
        }
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        int total = Math.addExact(held.size(), inputLength);
        return encrypting ? Math.addExact(total, TAG_BYTES) : Math.max(0, total - TAG_BYTES);
    }

    @Override
    protected void engineInit(int mode, Key newKey, @Nullable SecureRandom random) throws InvalidKeyException {
        if (mode != Cipher.ENCRYPT_MODE) {
            throw new InvalidKeyException("decryption needs a GCMParameterSpec");
        }
        byte[] drawn = new byte[Sm4Gcm.NONCE_BYTES];
        (random != null ? random : new SecureRandom()).nextBytes(drawn);
        init(true, newKey, drawn);
    }

    @Override
    protected void engineInit(
            int mode, Key newKey, @Nullable AlgorithmParameters parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters == null) {
            engineInit(mode, newKey, random);
            return;
        }
        try {
            engineInit(mode, newKey, parameters.getParameterSpec(GCMParameterSpec.class), random);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("expected GCM parameters", e);
        }
    }

    @Override
    protected void engineInit(
            int mode, Key newKey, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters == null) {
            engineInit(mode, newKey, random);
            return;
        }
        if (!(parameters instanceof GCMParameterSpec gcm)) {
            throw new InvalidAlgorithmParameterException("expected a GCMParameterSpec");
        }
        if (mode != Cipher.ENCRYPT_MODE && mode != Cipher.DECRYPT_MODE) {
            throw new UnsupportedOperationException("SM4-GCM encrypts and decrypts only");
        }
        byte[] newNonce = gcm.getIV();
        if (gcm.getTLen() != 8 * TAG_BYTES || newNonce.length == 0) {
            throw new InvalidAlgorithmParameterException("expected a nonce and a tag of 128 bits");
        }
        boolean encrypt = mode == Cipher.ENCRYPT_MODE;
        byte[] newBytes = JcaKeys.encoded(newKey);
        boolean repeated =
                encrypt && encrypting && MessageDigest.isEqual(newBytes, keyBytes) && Arrays.equals(newNonce, nonce);
        Arrays.fill(newBytes, (byte) 0);
        if (repeated) {
            throw new InvalidAlgorithmParameterException("nonce was used already with this key");
        }
        init(encrypt, newKey, newNonce);
    }

    private void init(boolean encrypt, Key newKey, byte[] newNonce) throws InvalidKeyException {
        byte[] bytes = JcaKeys.encoded(newKey);
        if (bytes.length != Sm4Gcm.KEY_BYTES) {
            Arrays.fill(bytes, (byte) 0);
            throw new InvalidKeyException("key is not " + Sm4Gcm.KEY_BYTES + " bytes long");
        }
        clear();
        if (key == null || !MessageDigest.isEqual(bytes, keyBytes)) {
            if (key != null) {
                key.close();
            }
            key = Sm4Gcm.of(bytes);
        }
        Arrays.fill(keyBytes, (byte) 0);
        keyBytes = bytes;
        nonce = newNonce;
        encrypting = encrypt;
        spent = false;
    }

    @Override
    protected void engineUpdateAAD(byte[] data, int offset, int length) {
        requireReady();
        if (message != null || held.size() > 0) {
            throw new IllegalStateException("associated data after the text");
        }
        aad.write(data, offset, length);
    }

    @Override
    protected byte[] engineUpdate(byte[] in, int offset, int length) {
        requireReady();
        byte[] out = new byte[encrypting ? wholeBlocks(length) : 0];
        advance(in, offset, length, out, 0);
        return out;
    }

    @Override
    protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int outOffset)
            throws ShortBufferException {
        requireReady();
        int size = encrypting ? wholeBlocks(length) : 0;
        requireRoom(out, outOffset, size);
        advance(in, offset, length, out, outOffset);
        return size;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] in, int offset, int length) throws AEADBadTagException {
        requireReady();
        byte[] out = new byte[engineGetOutputSize(length)];
        finish(in != null ? in : new byte[0], offset, length, out, 0);
        return out;
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] in, int offset, int length, byte[] out, int outOffset)
            throws ShortBufferException, AEADBadTagException {
        requireReady();
        int size = engineGetOutputSize(length);
        requireRoom(out, outOffset, size);
        finish(in != null ? in : new byte[0], offset, length, out, outOffset);
        return size;
    }

    private int wholeBlocks(int length) {
        return (held.size() + length) & -Sm4.BLOCK_BYTES;
    }

    /** Encrypts the whole blocks among what is held and what comes, and holds the rest; or just holds. */
    private void advance(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int size = encrypting ? wholeBlocks(length) : 0;
        held.write(in, offset, length);
        if (size > 0) {
            message(size).encrypt(held.array(), 0, size, out, outOffset);
            held.drop(size);
        }
    }

    private void finish(byte[] in, int offset, int length, byte[] out, int outOffset) throws AEADBadTagException {
        held.write(in, offset, length);
        try {
            if (encrypting) {
                message(held.size()).encrypt(held.array(), 0, held.size(), out, outOffset);
                message(0).tag(out, outOffset + held.size());
                spent = true;
            } else {
                key().open(nonce, aad.toByteArray(), held.array(), 0, held.size(), out, outOffset);
            }
        } finally {
            clear();
        }
    }

    private GcmMessage message(int length) {
        GcmMessage current = message;
        if (current == null) {
            current = key().takeMessage();
            current.start(nonce, aad.toByteArray(), length);
            message = current;
        }
        return current;
    }

    private Sm4Gcm key() {
        if (key == null) {
            throw new IllegalStateException("cipher is not initialised");
        }
        return key;
    }

    private void requireReady() {
        if (spent) {
            throw new IllegalStateException("cipher wants a new nonce");
        }
    }

    private static void requireRoom(byte[] out, int offset, int size) throws ShortBufferException {
        if (out.length - offset < size) {
            throw new ShortBufferException("room for " + (out.length - offset) + " bytes; expected " + size);
        }
    }

    private void clear() {
        if (message != null) {
            key().giveMessage(message);
            message = null;
        }
        aad.wipe();
        held.wipe();
    }

    /** Bytes collected, which may be secret. */
    private static final class Wipeable extends ByteArrayOutputStream {
        Wipeable() {
            super(256);
        }

        /** Returns the array itself, of which the first {@link #size} bytes count. */
        synchronized byte[] array() {
            return buf;
        }

        synchronized void drop(int length) {
            System.arraycopy(buf, length, buf, 0, count - length);
            count -= length;
        }

        @Override
        public synchronized void write(byte[] data, int offset, int length) {
            byte[] before = buf;
            super.write(data, offset, length);
            if (buf != before) {
                Arrays.fill(before, (byte) 0);
            }
        }

        synchronized void wipe() {
            Arrays.fill(buf, (byte) 0);
            reset();
        }
    }
}
