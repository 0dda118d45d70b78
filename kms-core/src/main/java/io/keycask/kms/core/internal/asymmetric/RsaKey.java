package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.KeySpec;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;

/** A public RSA key. Immutable. */
record RsaKey(BigInteger modulus, BigInteger exponent) implements PublicHalf {
    private static final Map<KeySpec, Integer> MODULUS_BITS =
            Map.of(KeySpec.RSA_2048, 2_048, KeySpec.RSA_3072, 3_072, KeySpec.RSA_4096, 4_096);

    /** Returns the length of the modulus of keys of this spec in bytes, if it is one of RSA. */
    static Optional<Integer> sizeBytes(KeySpec spec) {
        return Optional.ofNullable(MODULUS_BITS.get(spec)).map(bits -> bits / 8);
    }

    /** Returns the key that this DER is, if it has the modulus of the spec and an odd exponent of at least 3. */
    static Optional<RsaKey> parse(KeySpec spec, byte[] der) {
        try {
            if (!(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der))
                    instanceof RSAPublicKey rsa)) {
                return Optional.empty();
            }
            RsaKey key = new RsaKey(rsa.getModulus(), rsa.getPublicExponent());
            boolean sound = Integer.valueOf(key.modulus.bitLength()).equals(MODULUS_BITS.get(spec))
                    && key.exponent.testBit(0)
                    && key.exponent.bitLength() > 1;
            return sound ? Optional.of(key) : Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    int sizeBytes() {
        return (modulus.bitLength() + 7) / 8;
    }

    /** Returns the encoded message under a signature of exactly the length of the modulus and below it (SIG-4). */
    Optional<byte[]> encodedMessage(byte[] signature) {
        BigInteger value = new BigInteger(1, signature);
        return signature.length == sizeBytes() && value.compareTo(modulus) < 0
                ? Optional.of(FixedLength.of(value.modPow(exponent, modulus), sizeBytes()))
                : Optional.empty();
    }
}
