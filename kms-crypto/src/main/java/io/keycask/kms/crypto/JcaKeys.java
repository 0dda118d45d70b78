package io.keycask.kms.crypto;

import java.security.InvalidKeyException;
import java.security.Key;
import javax.crypto.SecretKey;

/** The bytes of a JCA key. */
final class JcaKeys {
    private JcaKeys() {}

    /** Returns a copy, which the caller wipes. */
    static byte[] encoded(Key key) throws InvalidKeyException {
        if (!(key instanceof SecretKey)) {
            throw new InvalidKeyException("key is not a secret key");
        }
        byte[] bytes = key.getEncoded();
        if (bytes == null) {
            throw new InvalidKeyException("key has no encoding");
        }
        return bytes;
    }
}
