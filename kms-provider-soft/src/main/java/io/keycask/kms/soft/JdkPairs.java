package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
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

    /** Returns the private key with a modulus, or an order, of so many bits. */
    static PrivateKey privateKey(String algorithm, int bits, byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (bits(key) != bits) { // SOFT-11
                throw ProviderException.permanent("the sealed private key has not " + bits + " bits", null);
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the sealed material is no " + algorithm + " private key", e);
        }
    }

    private static int bits(PrivateKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        return key instanceof ECKey ec ? ec.getParams().getOrder().bitLength() : 0;
    }
}
