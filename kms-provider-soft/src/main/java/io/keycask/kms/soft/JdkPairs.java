package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** RSA and EC key pairs by the JDK. */
final class JdkPairs {
    private JdkPairs() {}

    static PairMaterial rsa(int bits) {
        return generate("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    static PairMaterial ec(String curve) {
        return generate("EC", new ECGenParameterSpec(curve));
    }

    private static PairMaterial generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            KeyPair pair = generator.generateKeyPair();
            return PairMaterial.of(
                    pair.getPublic().getEncoded(), pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the JDK makes no " + algorithm + " key pairs", e);
        }
    }

    static PrivateKey privateKey(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the sealed material is no " + algorithm + " private key", e);
        }
    }
}
