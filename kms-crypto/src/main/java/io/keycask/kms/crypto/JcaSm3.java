package io.keycask.kms.crypto;

import java.security.DigestException;
import java.security.MessageDigestSpi;

/** SM3 for {@link java.security.MessageDigest}. */
final class JcaSm3 extends MessageDigestSpi implements Cloneable {
    private final Sm3 sm3 = new Sm3();

    @Override
    protected int engineGetDigestLength() {
        return Sm3.DIGEST_BYTES;
    }

    @Override
    protected void engineUpdate(byte input) {
        sm3.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        sm3.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        return sm3.digest();
    }

    @Override
    protected int engineDigest(byte[] out, int offset, int length) throws DigestException {
        if (length < Sm3.DIGEST_BYTES) {
            throw new DigestException("room for " + length + " bytes; expected " + Sm3.DIGEST_BYTES);
        }
        sm3.digest(out, offset);
        return Sm3.DIGEST_BYTES;
    }

    @Override
    protected void engineReset() {
        sm3.reset();
    }

    @Override
    public Object clone() {
        JcaSm3 copy = new JcaSm3();
        copy.sm3.copyFrom(sm3);
        return copy;
    }
}
