package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyPairs;
import io.keycask.kms.spi.KeyProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Lets a provider use a key version once, in the way of its usage; nothing of what comes out is kept. */
final class KeyProbe {
    private static final byte[] PURPOSE = "keycask/check/v1".getBytes(StandardCharsets.US_ASCII);
    private static final int P384_DIGEST_BYTES = 48;
    private static final int DIGEST_BYTES = 32;
    private static final List<SignatureAlgorithm> SIGNATURES = List.of(
            SignatureAlgorithm.RSA_PSS_SHA_256,
            SignatureAlgorithm.RSA_PKCS1_SHA_256,
            SignatureAlgorithm.ECC_P256_R1,
            SignatureAlgorithm.ECC_P384_R1,
            SignatureAlgorithm.SM2DSA);
    private static final List<DecryptionAlgorithm> RSA_DECRYPTIONS = List.of(
            DecryptionAlgorithm.RSAES_OAEP_SHA_256,
            DecryptionAlgorithm.RSAES_OAEP_SHA_1,
            DecryptionAlgorithm.RSAES_PKCS1_V1_5);

    /** A point of the curve, so that the ciphertext is looked into; the rest fits nothing. */
    private static final int SM2_CIPHERTEXT_BYTES = 1 + 64 + 32 + 1;

    private final Providers providers;

    KeyProbe(Providers providers) {
        this.providers = providers;
    }

    /**
     * Uses the version.
     *
     * @throws io.keycask.kms.KmsException if the provider does not open it
     */
    void use(KeyRecord key, KeyVersionRecord version) {
        KeyHandle handle = LiveKey.handle(key, version);
        switch (key.usage()) {
            case ENCRYPT_DECRYPT -> encrypt(providers.get(key.provider()), handle);
            case ASYMMETRIC_SIGN_VERIFY -> sign(key, providers.keyPairs(key.provider()), handle);
            case ASYMMETRIC_DECRYPT, ASYMMETRIC_DECRYPT_PKCS1 ->
                decrypt(key, providers.keyPairs(key.provider()), handle);
        }
    }

    private static void encrypt(KeyProvider provider, KeyHandle handle) {
        provider.decrypt(handle, provider.encrypt(handle, new byte[0], PURPOSE), PURPOSE)
                .close();
    }

    private void sign(KeyRecord key, KeyPairs pairs, KeyHandle handle) {
        SignatureAlgorithm algorithm = SIGNATURES.stream()
                .filter(known -> providers.offers(key.provider(), Capability.sign(key.spec(), known)))
                .findFirst()
                .orElseThrow(() -> notOffered(key));
        int bytes = algorithm.equals(SignatureAlgorithm.ECC_P384_R1) ? P384_DIGEST_BYTES : DIGEST_BYTES;
        pairs.sign(handle, algorithm, Arrays.copyOf(digest(), bytes));
    }

    /** Nobody encrypted what is decrypted here; that a provider says so shows that it has the key. */
    private void decrypt(KeyRecord key, KeyPairs pairs, KeyHandle handle) {
        try {
            decryptNothing(key, pairs, handle).close(); // PKCS #1 v1.5 may make an answer up
        } catch (DecryptionException e) {
            // as it should be
        }
    }

    private SecretBytes decryptNothing(KeyRecord key, KeyPairs pairs, KeyHandle handle) {
        if (providers.offers(key.provider(), Capability.decrypt(key.spec(), DecryptionAlgorithm.SM2))) {
            byte[] ciphertext = Arrays.copyOf(sm2Point(pairs.publicKey(handle)), SM2_CIPHERTEXT_BYTES);
            return pairs.decryptWithPair(handle, DecryptionAlgorithm.SM2, ciphertext);
        }
        DecryptionAlgorithm algorithm = RSA_DECRYPTIONS.stream()
                .filter(known -> providers.offers(key.provider(), Capability.decrypt(key.spec(), known)))
                .findFirst()
                .orElseThrow(() -> notOffered(key));
        return pairs.decryptWithPair(handle, algorithm, new byte[modulusBytes(pairs.publicKey(handle))]);
    }

    /** Returns {@code 04 || x || y}, which an uncompressed SubjectPublicKeyInfo ends with. */
    private static byte[] sm2Point(byte[] publicKey) {
        return Arrays.copyOfRange(publicKey, publicKey.length - 65, publicKey.length);
    }

    private static int modulusBytes(byte[] publicKey) {
        try {
            RSAPublicKey key =
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey));
            return (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a provider's RSA public key is none", e);
        }
    }

    private static byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-384").digest(PURPOSE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no SHA-384", e);
        }
    }

    private static KeyUsageException notOffered(KeyRecord key) {
        return new KeyUsageException(
                ErrorCode.INVALID_KEY_USAGE,
                "provider '" + key.provider() + "' offers nothing for keys of spec " + key.spec());
    }
}
