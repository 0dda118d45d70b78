package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class Xaes256GcmTest extends AeadKeyContract {
    @Override
    int keyBytes() {
        return Xaes256Gcm.KEY_BYTES;
    }

    @Override
    int nonceBytes() {
        return Xaes256Gcm.NONCE_BYTES;
    }

    @Override
    AeadKey key(byte[] bytes) {
        return Xaes256Gcm.of(bytes);
    }

    @Override
    byte[] oracle(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        return BouncyCastleXaes.seal(key, nonce, aad, plaintext);
    }

    @Test
    void prefixKey_withTheRestOfTheNonce_isTheSameCipher() throws Exception {
        byte[] nonce = bytes(Xaes256Gcm.NONCE_BYTES);
        byte[] aad = bytes(9);
        byte[] plaintext = bytes(200);
        Xaes256Gcm key = Xaes256Gcm.of(bytes(Xaes256Gcm.KEY_BYTES));
        byte[] sealed = key.seal(nonce, aad, plaintext);

        try (Aes256Gcm derived = key.prefixKey(Arrays.copyOf(nonce, Xaes256Gcm.PREFIX_BYTES))) {
            key.close();

            byte[] rest = Arrays.copyOfRange(nonce, Xaes256Gcm.PREFIX_BYTES, Xaes256Gcm.NONCE_BYTES);
            assertThat(derived.seal(rest, aad, plaintext)).isEqualTo(sealed);
            assertThat(derived.open(rest, aad, sealed)).isEqualTo(plaintext);
        }
    }

    @Test
    void prefixKey_wrongLengthOrClosedKey_isRefused() {
        Xaes256Gcm key = Xaes256Gcm.of(bytes(Xaes256Gcm.KEY_BYTES));

        assertThatThrownBy(() -> key.prefixKey(bytes(24))).isInstanceOf(IllegalArgumentException.class);
        key.close();
        assertThatThrownBy(() -> key.prefixKey(bytes(12))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void toString_anyKey_showsNoSecret() {
        assertThat(Xaes256Gcm.of(bytes(Xaes256Gcm.KEY_BYTES))).hasToString("Xaes256Gcm");
    }
}
