package io.keycask.kms.spi;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.ProviderException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import javax.crypto.Cipher;

/** A key pair of the JDK in a {@link MemoryProvider}, for one usage, as an HSM insists on. */
final class JdkPair {
    private static final byte[] DIGEST_INFO_SHA_256 = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private final KeyPair pair;
    private final KeyUsage usage;

    private JdkPair(KeyPair pair, KeyUsage usage) {
        this.pair = pair;
        this.usage = usage;
    }

    static JdkPair generate(KeySpec spec, KeyUsage usage) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.equals(KeySpec.RSA_2048) ? "RSA" : "EC");
            if (spec.equals(KeySpec.RSA_2048)) {
                generator.initialize(2_048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return new JdkPair(generator.generateKeyPair(), usage);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    byte[] sign(byte[] digest) {
        require(usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY);
        PrivateKey key = pair.getPrivate();
        try {
            if (key.getAlgorithm().equals("RSA")) {
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.ENCRYPT_MODE, key);
                return cipher.doFinal(ByteBuffer.allocate(DIGEST_INFO_SHA_256.length + digest.length)
                        .put(DIGEST_INFO_SHA_256)
                        .put(digest)
                        .array());
            }
            Signature signature = Signature.getInstance("NONEwithECDSAinP1363Format");
            signature.initSign(key);
            signature.update(digest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] decrypt(byte[] ciphertext) {
        require(usage == KeyUsage.ASYMMETRIC_DECRYPT);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
            return cipher.doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new DecryptionException();
        }
    }

    private static void require(boolean permitted) {
        if (!permitted) {
            throw ProviderException.permanent("CKR_KEY_FUNCTION_NOT_PERMITTED", null);
        }
    }
}
