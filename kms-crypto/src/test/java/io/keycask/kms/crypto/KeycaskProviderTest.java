package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import java.util.Random;
import java.util.ServiceLoader;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class KeycaskProviderTest {
    private static final Provider PROVIDER = new KeycaskProvider();

    private final Random random = new Random(5);
    private final SecretKey key = new SecretKeySpec(bytes(16), "SM4");
    private final byte[] nonce = bytes(12);

    @Test
    void serviceLoader_onThePath_findsTheProvider() {
        assertThat(ServiceLoader.load(Provider.class))
                .anySatisfy(provider -> assertThat(provider).isInstanceOf(KeycaskProvider.class));
    }

    @Test
    void cipher_inAnyPieces_equalsSm4Gcm() throws Exception {
        Cipher cipher = cipher();
        for (int i = 0; i < 300; i++) {
            byte[] iv = bytes(1 + random.nextInt(20));
            byte[] aad = bytes(random.nextInt(40));
            byte[] plaintext = bytes(random.nextInt(2000));
            byte[] expected = Sm4Gcm.of(key.getEncoded()).seal(iv, aad, plaintext);

            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
            assertThat(inPieces(cipher, aad, plaintext)).isEqualTo(expected);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, iv));
            assertThat(inPieces(cipher, aad, expected)).isEqualTo(plaintext);
        }
    }

    @Test
    void cipher_updateInPlace_givesTheSameResult() throws Exception {
        byte[] plaintext = bytes(1000);
        byte[] buffer = Arrays.copyOf(plaintext, 1016);
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));

        int written = cipher.update(buffer, 0, 333, buffer, 0);
        written += cipher.doFinal(buffer, 333, 667, buffer, written);

        assertThat(written).isEqualTo(1016);
        assertThat(buffer).isEqualTo(Sm4Gcm.of(key.getEncoded()).seal(nonce, new byte[0], plaintext));
    }

    @Test
    void cipher_nonceOfItsOwn_isReported() throws Exception {
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] iv = cipher.getIV();
        byte[] sealed = cipher.doFinal(new byte[50]);

        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, iv));

        assertThat(cipher.doFinal(sealed)).isEqualTo(new byte[50]);
        assertThat(cipher.getParameters()
                        .getParameterSpec(GCMParameterSpec.class)
                        .getIV())
                .isEqualTo(iv);
    }

    @Test
    void cipher_damagedMessage_releasesNothing() throws Exception {
        byte[] sealed = Sm4Gcm.of(key.getEncoded()).seal(nonce, new byte[0], bytes(100));
        sealed[3] ^= 1;
        Cipher cipher = cipher();
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));

        assertThat(cipher.update(sealed)).isNullOrEmpty();
        assertThatThrownBy(cipher::doFinal).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void cipher_sameNonceAgain_isRefused() throws Exception {
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.doFinal(new byte[10]);

        assertThatThrownBy(() -> cipher.update(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void cipher_wrongParameters_areRefused() throws Exception {
        Cipher cipher = cipher();
        SecretKey aes256 = new SecretKeySpec(new byte[32], "SM4");

        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(96, nonce)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, aes256, new GCMParameterSpec(128, nonce)))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, key)).isInstanceOf(InvalidKeyException.class);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        assertThatThrownBy(() -> cipher.doFinal(new byte[4], 0, 4, new byte[19], 0))
                .isInstanceOf(ShortBufferException.class);
    }

    @Test
    void messageDigest_clonedInTheMiddle_givesTheSameDigest() throws Exception {
        byte[] data = bytes(500);
        MessageDigest digest = MessageDigest.getInstance("SM3", PROVIDER);
        digest.update(data, 0, 100);
        MessageDigest copy = (MessageDigest) digest.clone();

        digest.update(data, 100, 400);
        copy.update(data, 100, 400);

        assertThat(digest.digest()).isEqualTo(Sm3.hash(data));
        assertThat(copy.digest()).isEqualTo(Sm3.hash(data));
    }

    @Test
    void mac_anyKey_equalsHmacSm3() throws Exception {
        byte[] data = bytes(200);
        Mac mac = Mac.getInstance("HmacSM3", PROVIDER);
        mac.init(new SecretKeySpec(bytes(40), "HmacSM3"));
        byte[] first = mac.doFinal(data);
        mac.init(key);
        HmacSm3 expected = HmacSm3.of(key.getEncoded());
        expected.update(data, 0, data.length);

        byte[] second = mac.doFinal(data);

        assertThat(second).isEqualTo(expected.mac()).isNotEqualTo(first);
        mac.update(data[0]);
        mac.reset();
        assertThat(mac.doFinal(data)).isEqualTo(second);
    }

    @Test
    void keyGenerator_anyCall_makesKeysOf128Bits() throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("SM4", PROVIDER);
        SecretKey first = generator.generateKey();
        generator.init(128);

        assertThat(first.getEncoded())
                .hasSize(16)
                .isNotEqualTo(generator.generateKey().getEncoded());
        assertThatThrownBy(() -> generator.init(256)).isInstanceOf(InvalidParameterException.class);
    }

    private static Cipher cipher() throws Exception {
        return Cipher.getInstance("SM4/GCM/NoPadding", PROVIDER);
    }

    private byte[] inPieces(Cipher cipher, byte[] aad, byte[] in) throws Exception {
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int half = aad.length / 2;
        cipher.updateAAD(aad, 0, half);
        cipher.updateAAD(aad, half, aad.length - half);
        int at = 0;
        int to = 0;
        while (at < in.length && random.nextInt(6) != 0) {
            int n = random.nextInt(Math.min(300, in.length - at) + 1);
            to += cipher.update(in, at, n, out, to);
            at += n;
        }
        to += cipher.doFinal(in, at, in.length - at, out, to);
        return Arrays.copyOf(out, to);
    }

    private byte[] bytes(int length) {
        return AeadKeyContract.bytes(random, length);
    }
}
