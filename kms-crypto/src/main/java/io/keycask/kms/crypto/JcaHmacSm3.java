package io.keycask.kms.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;

/** HMAC-SM3 for {@link javax.crypto.Mac}. */
final class JcaHmacSm3 extends MacSpi {
    private HmacSm3 hmac = HmacSm3.of(new byte[0]);

    @Override
    protected int engineGetMacLength() {
        return HmacSm3.TAG_BYTES;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("HmacSM3 takes no parameters");
        }
        byte[] bytes = JcaKeys.encoded(key);
        hmac.close();
        hmac = HmacSm3.of(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    protected void engineUpdate(byte input) {
        hmac.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        hmac.update(input, offset, length);
    }

    @Override
    protected byte[] engineDoFinal() {
        return hmac.mac();
    }

    @Override
    protected void engineReset() {
        hmac.reset();
    }
}
