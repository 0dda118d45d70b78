package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HkdfTest {
    record Pair(Hkdf ours, Supplier<Digest> digest) {
        @Override
        public String toString() {
            return ours.toString();
        }
    }

    static List<Pair> functions() {
        return List.of(
                new Pair(Hkdf.SHA256, SHA256Digest::new),
                new Pair(Hkdf.SHA512, SHA512Digest::new),
                new Pair(Hkdf.SM3, SM3Digest::new));
    }

    /** RFC 5869, A.1. */
    @Test
    void rfc5869_case1_matches() {
        byte[] okm = Hkdf.SHA256.derive(
                hex("000102030405060708090a0b0c"),
                hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                hex("f0f1f2f3f4f5f6f7f8f9"),
                42);

        assertThat(okm)
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    /** RFC 5869, A.3: neither salt nor info. */
    @Test
    void rfc5869_case3_matches() {
        byte[] okm = Hkdf.SHA256.derive(hex(""), hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), hex(""), 42);

        assertThat(okm)
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void derive_anyArguments_equalsBouncyCastle(Pair pair) {
        Random random = new Random(5869);
        for (int i = 0; i < 200; i++) {
            byte[] salt = AeadKeyContract.bytes(random, random.nextInt(150));
            byte[] secret = AeadKeyContract.bytes(random, random.nextInt(100));
            byte[] info = AeadKeyContract.bytes(random, random.nextInt(60));
            byte[] expected = new byte[i == 0 ? pair.ours.maxLength() : 1 + random.nextInt(200)];
            HKDFBytesGenerator oracle = new HKDFBytesGenerator(pair.digest.get());
            oracle.init(new HKDFParameters(secret, salt, info));
            oracle.generateBytes(expected, 0, expected.length);

            assertThat(pair.ours.derive(salt, secret, info, expected.length)).isEqualTo(expected);
            try (Hkdf.Prk prk = pair.ours.extract(salt, secret)) {
                assertThat(prk.expand(info, expected.length)).isEqualTo(expected);
                assertThat(prk.expand(info, 0)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void expand_tooLongOrClosed_isRefused(Pair pair) {
        Hkdf.Prk prk = pair.ours.extract(new byte[0], new byte[16]);

        assertThatThrownBy(() -> prk.expand(new byte[0], pair.ours.maxLength() + 1))
                .isInstanceOf(IllegalArgumentException.class);
        prk.close();
        assertThatThrownBy(() -> prk.expand(new byte[0], 16)).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
