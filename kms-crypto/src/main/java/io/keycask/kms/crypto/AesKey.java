package io.keycask.kms.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A raw AES key that can be wiped, unlike the JDK's {@code SecretKeySpec}.
 *
 * <p>{@link #destroy()} needs no lock against a running {@link #getEncoded()}: the flag is raised before the first byte is
 * wiped and looked at after the last byte is copied, so that a copy which may be damaged is never handed out. (Under a key
 * of zeros everybody could read what is sealed.)
 */
final class AesKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private transient volatile boolean destroyed;

    private AesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Keeps the array, which is the caller's no longer. */
    static AesKey wrapUnsafe(byte[] bytes) {
        return new AesKey(bytes);
    }

    @Override
    public byte[] getEncoded() {
        byte[] copy = bytes.clone();
        if (isDestroyed()) {
            Arrays.fill(copy, (byte) 0);
            throw closed();
        }
        return copy;
    }

    @Override
    public void destroy() {
        destroyed = true;
        VarHandle.fullFence();
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        VarHandle.loadLoadFence();
        return destroyed;
    }

    /**
     * Refuses a wiped key. Called after key material was read, it proves that the material was whole, because wiping begins
     * after the flag is raised.
     */
    void requireAlive() {
        if (isDestroyed()) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("key is closed");
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public String toString() {
        return "AesKey[" + bytes.length + " bytes]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("AesKey");
    }
}
