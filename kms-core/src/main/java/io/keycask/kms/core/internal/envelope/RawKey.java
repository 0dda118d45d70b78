package io.keycask.kms.core.internal.envelope;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** The bytes of a symmetric key, which can be wiped, unlike those of a {@code SecretKeySpec}. */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;
    private transient boolean destroyed;

    private RawKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /** Returns a key of a copy of these bytes. */
    static RawKey copyOf(String algorithm, byte[] bytes) {
        return new RawKey(algorithm, bytes.clone());
    }

    /** Returns a key of the same bytes, to be wiped by itself. */
    RawKey copy() {
        return new RawKey(algorithm, getEncoded());
    }

    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key is wiped");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
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
