package io.keycask.kms.soft;

import org.bouncycastle.crypto.Digest;

/**
 * A digest that was taken elsewhere: whatever it is fed, this is the result.
 *
 * <p>Bouncy Castle's SM2 signer takes the digest of a message itself; here it gets {@code e} as it is. Used by one thread.
 */
final class GivenDigest implements Digest {
    private final byte[] digest;

    GivenDigest(byte[] digest) {
        this.digest = digest;
    }

    @Override
    public String getAlgorithmName() {
        return "SM3";
    }

    @Override
    public int getDigestSize() {
        return digest.length;
    }

    @Override
    public void update(byte in) {}

    @Override
    public void update(byte[] in, int offset, int length) {}

    @Override
    public int doFinal(byte[] out, int offset) {
        System.arraycopy(digest, 0, out, offset, digest.length);
        return digest.length;
    }

    @Override
    public void reset() {}
}
