package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.gcm.GCMUtil;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class Sm4GcmTest extends AeadKeyContract {
    @Override
    int keyBytes() {
        return Sm4Gcm.KEY_BYTES;
    }

    @Override
    int nonceBytes() {
        return Sm4Gcm.NONCE_BYTES;
    }

    @Override
    AeadKey key(byte[] bytes) {
        return Sm4Gcm.of(bytes);
    }

    @Override
    byte[] oracle(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        return BouncyCastleGcm.seal(new SM4Engine(), key, nonce, aad, plaintext);
    }

    /** RFC 8998, A.1. */
    @Test
    void rfc8998_example_matches() throws Exception {
        byte[] nonce = HexFormat.of().parseHex("00001234567800000000ABCD");
        byte[] aad = HexFormat.of().parseHex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        byte[] plaintext = HexFormat.of()
                .parseHex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
                        + "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");

        try (Sm4Gcm key = Sm4Gcm.of(HexFormat.of().parseHex("0123456789ABCDEFFEDCBA9876543210"))) {
            byte[] sealed = key.seal(nonce, aad, plaintext);

            assertThat(sealed)
                    .asHexString()
                    .isEqualTo("17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
                            + "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
                            + "83DE3541E4C2B58177E065A9BF7B62EC");
            assertThat(key.open(nonce, aad, sealed)).isEqualTo(plaintext);
        }
    }

    @Test
    void seal_everyLengthTo4096_equalsBouncyCastle() throws Exception {
        Random random = new Random(4096);
        byte[] keyBytes = bytes(random, 16);
        byte[] plaintext = bytes(random, 4096);
        try (Sm4Gcm key = Sm4Gcm.of(keyBytes)) {
            for (int length = 0; length <= 4096; length++) {
                byte[] nonce = bytes(random, 12);
                byte[] aad = bytes(random, random.nextInt(40));
                byte[] in = Arrays.copyOf(plaintext, length);

                byte[] sealed = key.seal(nonce, aad, in);

                assertThat(Arrays.equals(sealed, oracle(keyBytes, nonce, aad, in)))
                        .as("length %d", length)
                        .isTrue();
                assertThat(Arrays.equals(key.open(nonce, aad, sealed), in))
                        .as("length %d", length)
                        .isTrue();
            }
        }
    }

    @Test
    void seal_everyNonceAndAadLengthTo64_equalsBouncyCastle() throws Exception {
        Random random = new Random(64);
        byte[] keyBytes = bytes(random, 16);
        try (Sm4Gcm key = Sm4Gcm.of(keyBytes)) {
            for (int n = 1; n <= 64; n++) {
                for (int a = 0; a <= 64; a++) {
                    byte[] nonce = bytes(random, n);
                    byte[] aad = bytes(random, a);
                    byte[] in = bytes(random, random.nextInt(70));

                    byte[] sealed = key.seal(nonce, aad, in);

                    assertThat(Arrays.equals(sealed, oracle(keyBytes, nonce, aad, in)))
                            .as("nonce of %d bytes, aad of %d", n, a)
                            .isTrue();
                    assertThat(key.open(nonce, aad, sealed)).isEqualTo(in);
                }
            }
        }
    }

    /** With a nonce of 16 bytes the first counter block is (nonce * H + length) * H, which can be turned round. */
    @Test
    void seal_counterWrapsRound_equalsBouncyCastle() throws Exception {
        Random random = new Random(32);
        byte[] keyBytes = bytes(random, 16);
        byte[] in = bytes(random, 3000);
        for (int beforeWrap = 0; beforeWrap < 40; beforeWrap++) {
            byte[] j0 = bytes(random, 16);
            Bytes.INT_BE.set(j0, 12, -beforeWrap);
            byte[] nonce = nonceFor(keyBytes, j0);
            try (Sm4Gcm key = Sm4Gcm.of(keyBytes)) {
                assertThat(key.seal(nonce, j0, in)).isEqualTo(oracle(keyBytes, nonce, j0, in));
            }
        }
    }

    private static byte[] nonceFor(byte[] keyBytes, byte[] j0) {
        byte[] h = new byte[16];
        SM4Engine engine = new SM4Engine();
        engine.init(true, new KeyParameter(keyBytes));
        engine.processBlock(h, 0, h, 0);
        // 1/H = H^(2^128 - 2), by 126 steps of squaring and multiplying, and one last squaring
        byte[] inverse = h.clone();
        for (int i = 0; i < 126; i++) {
            GCMUtil.multiply(inverse, inverse.clone());
            GCMUtil.multiply(inverse, h);
        }
        GCMUtil.multiply(inverse, inverse.clone());
        byte[] nonce = j0.clone();
        GCMUtil.multiply(nonce, inverse);
        nonce[15] ^= (byte) 128;
        GCMUtil.multiply(nonce, inverse);
        return nonce;
    }

    @Test
    @Tag("soak")
    void seal_100Megabytes_equalsBouncyCastle() throws Exception {
        Random random = new Random(100_000_000);
        for (long total = 0; total < 100_000_000; ) {
            byte[] keyBytes = bytes(random, 16);
            byte[] nonce = bytes(random, random.nextInt(4) == 0 ? 1 + random.nextInt(64) : 12);
            byte[] aad = bytes(random, random.nextInt(300));
            byte[] in = bytes(random, random.nextInt(random.nextBoolean() ? 3_000 : 1_000_000));
            try (Sm4Gcm key = Sm4Gcm.of(keyBytes)) {
                byte[] sealed = key.seal(nonce, aad, in);
                assertThat(Arrays.equals(sealed, oracle(keyBytes, nonce, aad, in)))
                        .isTrue();
                assertThat(Arrays.equals(key.open(nonce, aad, sealed), in)).isTrue();
            }
            total += in.length;
        }
    }
}
