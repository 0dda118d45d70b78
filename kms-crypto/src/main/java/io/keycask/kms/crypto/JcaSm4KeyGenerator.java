package io.keycask.kms.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** SM4 keys for {@link javax.crypto.KeyGenerator}. */
final class JcaSm4KeyGenerator extends KeyGeneratorSpi {
    private @Nullable SecureRandom random;

    @Override
    protected void engineInit(@Nullable SecureRandom source) {
        this.random = source;
    }

    @Override
    protected void engineInit(@Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom source)
            throws InvalidAlgorithmParameterException {
        throw new InvalidAlgorithmParameterException("SM4 keys take no parameters");
    }

    @Override
    protected void engineInit(int keyBits, @Nullable SecureRandom source) {
        if (keyBits != 8 * Sm4.KEY_BYTES) {
            throw new InvalidParameterException("key size is " + keyBits + " bits; expected " + 8 * Sm4.KEY_BYTES);
        }
        this.random = source;
    }

    @Override
    protected SecretKey engineGenerateKey() {
        SecureRandom source = random != null ? random : new SecureRandom();
        byte[] key = new byte[Sm4.KEY_BYTES];
        source.nextBytes(key);
        SecretKeySpec spec = new SecretKeySpec(key, "SM4");
        Arrays.fill(key, (byte) 0);
        return spec;
    }
}
