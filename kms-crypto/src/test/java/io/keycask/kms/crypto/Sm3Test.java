package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

final class Sm3Test {
    /** GB/T 32905-2016, A.1. */
    @Test
    void hash_abc_isThatOfTheStandard() {
        assertThat(Sm3.hash("abc".getBytes(StandardCharsets.US_ASCII)))
                .asHexString()
                .isEqualTo("66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0");
    }

    /** GB/T 32905-2016, A.2. */
    @Test
    void hash_64Bytes_isThatOfTheStandard() {
        assertThat(Sm3.hash("abcd".repeat(16).getBytes(StandardCharsets.US_ASCII)))
                .asHexString()
                .isEqualTo("DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732");
    }

    @Test
    void hash_everyLengthTo1100_equalsBouncyCastle() {
        byte[] data = AeadKeyContract.bytes(new Random(3), 1100);
        for (int length = 0; length <= data.length; length++) {
            SM3Digest oracle = new SM3Digest();
            oracle.update(data, 0, length);
            byte[] expected = new byte[32];
            oracle.doFinal(expected, 0);

            assertThat(Sm3.hash(Arrays.copyOf(data, length))).isEqualTo(expected);
        }
    }

    @Test
    void update_inAnyPieces_givesTheSameDigest() {
        Random random = new Random(32905);
        Sm3 sm3 = new Sm3();
        for (int i = 0; i < 500; i++) {
            byte[] data = AeadKeyContract.bytes(random, random.nextInt(700));
            for (int at = 0; at < data.length; ) {
                int n = random.nextInt(Math.min(data.length - at, 150) + 1);
                if (n == 1) {
                    sm3.update(data[at]);
                } else {
                    sm3.update(data, at, n);
                }
                at += n;
            }

            assertThat(sm3.digest()).isEqualTo(Sm3.hash(data));
        }
    }

    @Test
    void reset_duringAMessage_forgetsIt() {
        Sm3 sm3 = new Sm3();
        sm3.update(new byte[100], 0, 100);

        sm3.reset();

        assertThat(sm3.digest()).isEqualTo(Sm3.hash(new byte[0]));
    }

    @Test
    void hmac_anyKeyAndMessage_equalsBouncyCastle() {
        Random random = new Random(2104);
        for (int keyLength = 0; keyLength <= 140; keyLength++) {
            byte[] key = AeadKeyContract.bytes(random, keyLength);
            byte[] data = AeadKeyContract.bytes(random, random.nextInt(300));
            HMac oracle = new HMac(new SM3Digest());
            oracle.init(new KeyParameter(key));
            oracle.update(data, 0, data.length);
            byte[] expected = new byte[32];
            oracle.doFinal(expected, 0);

            try (HmacSm3 hmac = HmacSm3.of(key)) {
                for (int again = 0; again < 2; again++) {
                    hmac.update(data, 0, data.length);
                    assertThat(hmac.mac()).isEqualTo(expected);
                }
                hmac.update((byte) 1);
                hmac.reset();
                hmac.update(data, 0, data.length);
                assertThat(hmac.mac()).isEqualTo(expected);
            }
        }
    }

    @Test
    void hmac_closed_isRefused() {
        HmacSm3 hmac = HmacSm3.of(new byte[16]);

        hmac.close();

        assertThatThrownBy(hmac::mac).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hmac.update((byte) 0)).isInstanceOf(IllegalStateException.class);
    }
}
