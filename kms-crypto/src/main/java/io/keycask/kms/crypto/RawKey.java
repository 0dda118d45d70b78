package io.keycask.kms.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A raw key for the JDK that can be wiped, unlike the JDK's {@code SecretKeySpec}. No copy of a wiped key is ever handed out. */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient String algorithm;
    private final transient byte[] bytes;
    private final transient Lifespan lifespan = new Lifespan();

    private RawKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /** Keeps the array, which is the caller's no longer. */
    static RawKey wrapUnsafe(String algorithm, byte[] bytes) {
        return new RawKey(algorithm, bytes);
    }

    @Override
    public byte[] getEncoded() {
        byte[] copy = bytes.clone();
        lifespan.requireOpenOrWipe(copy, 0, copy.length);
        return copy;
    }

    @Override
    public void destroy() {
        lifespan.end();
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return lifespan.hasEnded();
    }

    /** Refuses a wiped key; called after key material was read, it proves that the material was whole. */
    void requireAlive() {
        lifespan.requireOpen();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public String toString() {
        return "RawKey[" + bytes.length + " bytes]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("RawKey");
    }
}
