package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.util.Set;
import javax.crypto.Cipher;

/** RSA by the JDK, which blinds, and checks each signature before it leaves. Thread-safe. */
final class RsaPrivateKey implements PrivateKeyUse {
    static final Set<SignatureAlgorithm> SIGNATURES =
            Set.of(SignatureAlgorithm.RSA_PSS_SHA_256, SignatureAlgorithm.RSA_PKCS1_SHA_256);
    static final Set<DecryptionAlgorithm> DECRYPTIONS = Set.of(
            DecryptionAlgorithm.RSAES_OAEP_SHA_256,
            DecryptionAlgorithm.RSAES_OAEP_SHA_1,
            DecryptionAlgorithm.RSAES_PKCS1_V1_5);

    private final PrivateKey key;
    private final int sizeBytes;

    RsaPrivateKey(PrivateKey key) {
        this.key = key;
        this.sizeBytes = ((RSAKey) key).getModulus().bitLength() / 8;
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] digest) {
        byte[] encoded = algorithm.equals(SignatureAlgorithm.RSA_PSS_SHA_256)
                ? EncodedMessages.pss(digest, sizeBytes)
                : EncodedMessages.pkcs1(digest, sizeBytes);
        try {
            // to encrypt with a private key is how the JDK spells the raw signature
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(encoded);
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the JDK cannot sign by " + algorithm, e);
        }
    }

    @Override
    public byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext) {
        try {
            return RsaPadding.of(algorithm).cipher(Cipher.DECRYPT_MODE, key).doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new DecryptionException(); // without its cause, which says more
        }
    }
}
