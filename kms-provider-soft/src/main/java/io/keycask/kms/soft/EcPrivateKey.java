package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** ECDSA by the JDK. Thread-safe. */
final class EcPrivateKey implements PrivateKeyUse {
    private final PrivateKey key;

    EcPrivateKey(PrivateKey key) {
        this.key = key;
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] digest) {
        try {
            Signature signer = Signature.getInstance("NONEwithECDSAinP1363Format");
            signer.initSign(key);
            signer.update(digest);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the JDK cannot sign by " + algorithm, e);
        }
    }

    @Override
    public byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext) {
        throw new DecryptionException();
    }
}
