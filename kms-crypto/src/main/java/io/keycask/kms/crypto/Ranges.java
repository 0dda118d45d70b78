package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;

/** The argument checks that all {@link AeadKey} implementations share. */
final class Ranges {
    private Ranges() {}

    static void checkSeal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, Math.addExact(length, AeadKey.TAG_BYTES), out.length);
    }

    static void checkOpen(byte[] in, int inOffset, int length, byte[] out, int outOffset) throws AEADBadTagException {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        if (length < AeadKey.TAG_BYTES) {
            throw notAuthentic();
        }
        Objects.checkFromIndexSize(outOffset, length - AeadKey.TAG_BYTES, out.length);
    }

    static void checkNonce(byte[] nonce, int expectedBytes) {
        if (nonce.length != expectedBytes) {
            throw new IllegalArgumentException("nonce is " + nonce.length + " bytes; expected " + expectedBytes);
        }
    }

    static void checkKey(byte[] key, int expectedBytes) {
        if (key.length != expectedBytes) {
            throw new IllegalArgumentException("key is " + key.length + " bytes; expected " + expectedBytes);
        }
    }

    /** Returns whether writing the output would destroy input that is still to be read. */
    static boolean overlap(byte[] in, int inOffset, int inLength, byte[] out, int outOffset, int outLength) {
        return in == out
                && inOffset != outOffset
                && inOffset < outOffset + outLength
                && outOffset < inOffset + inLength;
    }

    static byte[] copy(byte[] in, int offset, int length) {
        return Arrays.copyOfRange(in, offset, offset + length);
    }

    /** One answer for every way in which a message can be wrong. */
    static AEADBadTagException notAuthentic() {
        return new AEADBadTagException("message is not authentic");
    }
}
