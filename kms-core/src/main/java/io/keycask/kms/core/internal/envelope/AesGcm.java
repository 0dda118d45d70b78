package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM (NIST SP 800-38D) by the JDK, called so that it is fast from the first megabyte on.
 *
 * <p>The JDK's intrinsics take effect once the methods around them are compiled, and that takes some ten thousand calls, however
 * long they are: with 1 MiB per call it crawls at a hundredth of its speed for the better part of a gigabyte, with 64 KiB for some
 * hundred megabytes. So a long input is never handed over in one call:
 *
 * <ul>
 *   <li>Sealing goes by {@code update} in steps of 16 KiB; in the first {@value #YOUNG_STEPS} steps of the JVM's life they
 *       have {@value #YOUNG_STEP_BYTES} bytes.
 *   <li>Opening cannot be cut: the JDK collects the input and works on it in {@code doFinal}. Our own frames are short enough
 *       for that. A longer one, which only a foreign message has, and every frame in a young JVM, is sealed twice in steps: sealing
 *       the ciphertext yields the plaintext, because counter mode is its own inverse, and sealing that yields
 *       the ciphertext again and the tag that it should have. Two fast passes instead of a slow one, and both
 *       make the JVM older. The plaintext stays the caller's secret until the tags are equal.
 * </ul>
 *
 * <p>Measured in {@code docs/adr/0001-frame-length.md}.
 */
final class AesGcm implements FrameAead {
    private static final int MAX_OPEN_BYTES = 64 * 1024;
    private static final int STEP_BYTES = 16 * 1024;
    private static final int YOUNG_STEP_BYTES = 512;
    private static final int YOUNG_STEPS = 16 * 1024;
    private static final int OLD_FRAMES = 16;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 8 * TAG_BYTES;
    private static final EnginePool<Cipher> GCM = new EnginePool<>(() -> newCipher("AES/GCM/NoPadding"));

    // How far this JVM's compiler has come is a fact of the whole JVM, hence static. Threads that overwrite the count
    // only prolong the youth a little.
    private static int stepsDone;

    private final RawKey key;
    private @Nullable Cipher cipher = GCM.take();

    private AesGcm(RawKey key) {
        this.key = key;
    }

    /** Returns a cipher with a copy of this key. */
    static AesGcm of(byte[] key) {
        return new AesGcm(RawKey.copyOf("AES", key));
    }

    /** Makes a young JVM older with frames that hold nothing; does little in one that is old. */
    static void warmUp() {
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] frame = new byte[MAX_OPEN_BYTES + TAG_BYTES];
        try (AesGcm aead = of(new byte[KEY_BYTES])) {
            int left = OLD_FRAMES;
            for (int number = 1; left > 0; number++) {
                left -= stepsDone > YOUNG_STEPS ? 1 : 0;
                BigEndian.putInt(nonce, 0, number);
                aead.seal(nonce, nonce, frame, 0, MAX_OPEN_BYTES, frame, 0);
                aead.open(nonce, nonce, frame, 0, MAX_OPEN_BYTES, frame, 0);
            }
        }
    }

    @Override
    public FrameAead fork() {
        return new AesGcm(key.copy());
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            Cipher gcm = initialized(Cipher.ENCRYPT_MODE, nonce);
            gcm.updateAAD(aad);
            int step = stepBytes(length);
            int done = 0;
            int written = 0;
            for (; length - done > step; done += step) {
                written += gcm.update(in, inOffset + done, step, out, outOffset + written);
            }
            gcm.doFinal(in, inOffset + done, length - done, out, outOffset + written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM does not work", e);
        }
    }

    @Override
    public void open(byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            int step = stepBytes(length);
            if (length > (step == STEP_BYTES ? MAX_OPEN_BYTES : YOUNG_STEP_BYTES)) {
                openInSteps(step, nonce, aad, in, inOffset, length, out, outOffset);
            } else {
                Cipher gcm = initialized(Cipher.DECRYPT_MODE, nonce);
                gcm.updateAAD(aad);
                gcm.doFinal(in, inOffset, length + TAG_BYTES, out, outOffset);
            }
        } catch (AEADBadTagException e) {
            throw new DecryptionException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM does not work", e);
        }
    }

    private static int stepBytes(int length) {
        int done = stepsDone;
        if (done > YOUNG_STEPS) {
            return STEP_BYTES;
        }
        stepsDone = done + 1 + Math.min(length / YOUNG_STEP_BYTES, YOUNG_STEPS);
        return YOUNG_STEP_BYTES;
    }

    private void openInSteps(
            int step, byte[] nonce, byte[] aad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws GeneralSecurityException {
        byte[] tag = Arrays.copyOfRange(in, inOffset + length, inOffset + length + TAG_BYTES);
        byte[] last = new byte[step + TAG_BYTES];
        byte[] again = new byte[step + 2 * TAG_BYTES];
        Cipher opening = initialized(Cipher.ENCRYPT_MODE, nonce);
        Cipher sealing = initialized(GCM.take(), Cipher.ENCRYPT_MODE, nonce);
        sealing.updateAAD(aad);
        int done = 0;
        for (; length - done > step; done += step) {
            opening.update(in, inOffset + done, step, out, outOffset + done);
            sealing.update(out, outOffset + done, step, again, 0);
        }
        opening.doFinal(in, inOffset + done, length - done, last, 0);
        System.arraycopy(last, 0, out, outOffset + done, length - done);
        Arrays.fill(last, (byte) 0);
        int end = sealing.doFinal(out, outOffset + done, length - done, again, 0);
        GCM.give(sealing);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(again, end - TAG_BYTES, end))) {
            throw new DecryptionException();
        }
    }

    private static Cipher newCipher(String transformation) {
        try {
            return Cipher.getInstance(transformation, Jdk.PROVIDER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + transformation, e);
        }
    }

    private Cipher initialized(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher gcm = cipher;
        if (gcm == null) {
            throw new IllegalStateException("the cipher is closed");
        }
        gcm = initialized(gcm, mode, nonce);
        cipher = gcm;
        return gcm;
    }

    private Cipher initialized(Cipher gcm, int mode, byte[] nonce) throws GeneralSecurityException {
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_BITS, nonce);
        try {
            gcm.init(mode, key, parameters);
            return gcm;
        } catch (InvalidAlgorithmParameterException repeatedNonce) {
            // The object refuses the key and nonce that it sealed with last. It is the pool's choice which object that
            // is, so the check protects nobody; opening in steps, which seals, would trip over it.
            Cipher fresh = GCM.create();
            fresh.init(mode, key, parameters);
            return fresh;
        }
    }

    @Override
    public void close() {
        key.destroy();
        Cipher gcm = cipher;
        cipher = null;
        if (gcm != null) {
            GCM.give(gcm);
        }
    }

    /** Looked up once: by name, every lookup of a cipher walks the list of providers. */
    private static final class Jdk {
        static final Provider PROVIDER = find();

        private static Provider find() {
            Provider sunJce = Security.getProvider("SunJCE");
            if (sunJce != null) {
                return sunJce;
            }
            try {
                return Cipher.getInstance("AES/GCM/NoPadding").getProvider();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no installed provider has AES-GCM", e);
            }
        }
    }
}
