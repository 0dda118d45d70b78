package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.ProviderException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** How RSA encrypts and decrypts. */
enum RsaPadding {
    OAEP_SHA_256,
    OAEP_SHA_1,
    PKCS1;

    /** Returns the padding of an algorithm of RSA. */
    static RsaPadding of(DecryptionAlgorithm algorithm) {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_OAEP_SHA_256)) {
            return OAEP_SHA_256;
        }
        return algorithm.equals(DecryptionAlgorithm.RSAES_OAEP_SHA_1) ? OAEP_SHA_1 : PKCS1;
    }

    /** Returns a cipher with this key. */
    Cipher cipher(int mode, Key key) {
        try {
            Cipher cipher = Cipher.getInstance(this == PKCS1 ? "RSA/ECB/PKCS1Padding" : "RSA/ECB/OAEPPadding");
            switch (this) {
                case OAEP_SHA_256 -> cipher.init(mode, key, oaep("SHA-256", MGF1ParameterSpec.SHA256));
                case OAEP_SHA_1 -> cipher.init(mode, key, oaep("SHA-1", MGF1ParameterSpec.SHA1));
                case PKCS1 -> cipher.init(mode, key);
            }
            return cipher;
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the JDK has no RSA with " + this, e);
        }
    }

    private static OAEPParameterSpec oaep(String digest, MGF1ParameterSpec mask) {
        return new OAEPParameterSpec(digest, "MGF1", mask, PSource.PSpecified.DEFAULT);
    }
}
