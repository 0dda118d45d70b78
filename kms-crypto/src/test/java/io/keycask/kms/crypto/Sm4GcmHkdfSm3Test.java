package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

final class Sm4GcmHkdfSm3Test extends AeadKeyContract {
    @Override
    int keyBytes() {
        return Sm4GcmHkdfSm3.KEY_BYTES;
    }

    @Override
    int nonceBytes() {
        return Sm4GcmHkdfSm3.NONCE_BYTES;
    }

    @Override
    AeadKey key(byte[] bytes) {
        return Sm4GcmHkdfSm3.of(bytes);
    }

    @Override
    byte[] oracle(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
        byte[] label = "keycask sm4-gcm 1: prefix key".getBytes(StandardCharsets.US_ASCII);
        byte[] info = Arrays.copyOf(label, label.length + 12);
        System.arraycopy(nonce, 0, info, label.length, 12);
        hkdf.init(new HKDFParameters(key, new byte[0], info));
        byte[] derived = new byte[16];
        hkdf.generateBytes(derived, 0, derived.length);
        return BouncyCastleGcm.seal(new SM4Engine(), derived, Arrays.copyOfRange(nonce, 12, 24), aad, plaintext);
    }

    @Test
    void prefixKey_withTheRestOfTheNonce_isTheSameCipher() throws Exception {
        byte[] nonce = bytes(Sm4GcmHkdfSm3.NONCE_BYTES);
        byte[] aad = bytes(9);
        byte[] plaintext = bytes(200);
        Sm4GcmHkdfSm3 key = Sm4GcmHkdfSm3.of(bytes(Sm4GcmHkdfSm3.KEY_BYTES));
        byte[] sealed = key.seal(nonce, aad, plaintext);

        try (Sm4Gcm derived = key.prefixKey(Arrays.copyOf(nonce, Sm4GcmHkdfSm3.PREFIX_BYTES))) {
            key.close();

            byte[] rest = Arrays.copyOfRange(nonce, Sm4GcmHkdfSm3.PREFIX_BYTES, Sm4GcmHkdfSm3.NONCE_BYTES);
            assertThat(derived.seal(rest, aad, plaintext)).isEqualTo(sealed);
            assertThat(derived.open(rest, aad, sealed)).isEqualTo(plaintext);
        }
    }

    @Test
    void prefixKey_wrongLengthOrClosedKey_isRefused() {
        Sm4GcmHkdfSm3 key = Sm4GcmHkdfSm3.of(bytes(Sm4GcmHkdfSm3.KEY_BYTES));

        assertThatThrownBy(() -> key.prefixKey(bytes(24))).isInstanceOf(IllegalArgumentException.class);
        key.close();
        assertThatThrownBy(() -> key.prefixKey(bytes(12))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void toString_anyKey_showsNoSecret() {
        assertThat(Sm4GcmHkdfSm3.of(bytes(Sm4GcmHkdfSm3.KEY_BYTES))).hasToString("Sm4GcmHkdfSm3");
    }
}
