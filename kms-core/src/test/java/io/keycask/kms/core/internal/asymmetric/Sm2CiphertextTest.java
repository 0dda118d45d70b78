package io.keycask.kms.core.internal.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ProviderException;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The two forms of an SM2 ciphertext (PKE-2). */
final class Sm2CiphertextTest {
    /** The example of GM/T 0003.5 (GB/T 32918.5). */
    private static final byte[] RAW = Keys.bytes("0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
            + "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
            + "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766"
            + "21886CA989CA9C7D58087307CA93092D651EFA");

    @Test
    void parse_whatWeEncode_isTheSame() {
        byte[] der = Sm2Ciphertext.encode(RAW);

        assertThat(Sm2Ciphertext.parse(der)).isEqualTo(RAW);
        assertThat(der).startsWith(0x30, 0x7c, 0x02, 0x20, 0x04, 0xeb);
    }

    @Test
    void parse_longestAndShortest_areAccepted() {
        byte[] shortest = Sm2Ciphertext.encode(Arrays.copyOf(RAW, 98));
        byte[] longest = Sm2Ciphertext.encode(Arrays.copyOf(RAW, 97 + 147));

        assertThat(Sm2Ciphertext.parse(shortest)).hasSize(98);
        assertThat(longest).hasSizeLessThanOrEqualTo(256);
        assertThat(Sm2Ciphertext.parse(longest)).hasSize(244);
        assertRefused(Sm2Ciphertext.encode(Arrays.copyOf(RAW, 97 + 180)));
    }

    @Test
    void parse_everyCutAndAppendedByte_isRefused() {
        byte[] der = Sm2Ciphertext.encode(RAW);
        for (int length = 0; length < der.length + 3; length++) {
            if (length != der.length) {
                assertRefused(Arrays.copyOf(der, length));
            }
        }
    }

    @Test
    void parse_anyBitOfStructureOrPointFlipped_isRefused() {
        byte[] der = Sm2Ciphertext.encode(RAW);
        for (int bit = 0; bit < 8 * (2 + 2 * 34 + 2); bit++) {
            byte[] damaged = Keys.flipped(der, bit);
            assertRefused(damaged);
        }
    }

    @Test
    void parse_pointOutsideOfTheCurve_isRefused() {
        BigInteger p = Curve.SM2.a().add(BigInteger.valueOf(3));
        byte[] hash = new byte[32];
        BigInteger x = Curve.SM2.generator().x();
        BigInteger y = Curve.SM2.generator().y();

        Sm2Ciphertext.parse(der(x, y, hash, new byte[1]));
        assertRefused(der(BigInteger.ZERO, BigInteger.ZERO, hash, new byte[1]));
        assertRefused(der(x, y.add(p), hash, new byte[1]));
        assertRefused(der(x.add(p), y, hash, new byte[1]));
        assertRefused(der(x, y.add(BigInteger.ONE), hash, new byte[1]));
        assertRefused(der(x, y, new byte[31], new byte[1]));
        assertRefused(der(x, y, new byte[33], new byte[1]));
        assertRefused(der(x, y, hash, new byte[0]));
        assertRefused(Der.sequence(Der.integer(x), Der.integer(y), Der.octets(hash)));
    }

    @Test
    void encode_whatIsNoCiphertext_isAFaultOfTheProvider() {
        for (byte[] none : new byte[][] {{}, new byte[97], new byte[98]}) {
            assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> Sm2Ciphertext.encode(none));
        }
    }

    private static byte[] der(BigInteger x, BigInteger y, byte[] hash, byte[] encrypted) {
        return Der.sequence(Der.integer(x), Der.integer(y), Der.octets(hash), Der.octets(encrypted));
    }

    private static void assertRefused(byte[] der) {
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> Sm2Ciphertext.parse(der))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DECRYPT_ERROR));
    }
}
