package io.keycask.kms.core.internal.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.ProviderException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoding of signatures on curves: SIG-1 and SIG-2. */
final class CurveSignatureTest {
    private static final BigInteger N = Curve.P256.order();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the shortest there is,               3006020101020101",
        "a leading zero that is needed,       300702020080020101",
    })
    void parse_whatWeWrite_isAccepted(String name, String hex) {
        byte[] der = Keys.bytes(hex);

        assertThat(CurveSignature.parse(der, Curve.P256))
                .hasValueSatisfying(parsed -> assertThat(parsed.toDer()).isEqualTo(der));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing,                             ''",
        "a tag only,                          30",
        "an empty sequence,                   3000",
        "r only,                              3003020101",
        "three numbers,                       3009020101020101020101",
        "r is zero,                           3006020100020101",
        "s is zero,                           3006020101020100",
        "r is negative,                       30060201ff020101",
        "a leading zero is missing,           3006020180020101",
        "s is negative,                       3006020101020180",
        "a leading zero too many in r,        300702020001020101",
        "a leading zero too many in s,        300702010102020001",
        "r is empty,                          30050200020101",
        "s is empty,                          30050201010200",
        "a byte behind,                       300602010102010100",
        "a byte behind inside,                300702010102010100",
        "a byte missing,                      30060201010201",
        "the length in two bytes,             308106020101020101",
        "the length in three bytes,           30820006020101020101",
        "the length in five bytes,            308400000006020101020101",
        "an indefinite length,                30800201010201010000",
        "the length of r in two bytes,        30070281010102010100",
        "a length beyond the end,             3007020101020101",
        "a length of 2^31,                    30848000000602010102010100",
        "a set,                               3106020101020101",
        "r is an octet string,                3006040101020101",
        "s is a boolean,                      3006020101010101",
        "a NULL behind,                       30080201010201010500",
    })
    void parse_anotherEncoding_isRefused(String name, String hex) {
        assertThat(CurveSignature.parse(Keys.bytes(hex), Curve.P256)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void parse_outOfRange_isRefused(BigInteger outOfRange) {
        BigInteger good = N.subtract(BigInteger.ONE);

        assertThat(CurveSignature.parse(new CurveSignature(good, good).toDer(), Curve.P256))
                .isPresent();
        assertThat(CurveSignature.parse(new CurveSignature(outOfRange, good).toDer(), Curve.P256))
                .isEmpty();
        assertThat(CurveSignature.parse(new CurveSignature(good, outOfRange).toDer(), Curve.P256))
                .isEmpty();
    }

    static Stream<BigInteger> parse_outOfRange_isRefused() {
        return Stream.of(
                BigInteger.ZERO, N, N.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(256), BigInteger.ONE.negate());
    }

    @Test
    void ofProvider_isTheSameSignatureInAnotherForm() {
        CurveSignature signature = new CurveSignature(BigInteger.TWO, N.subtract(BigInteger.ONE));

        byte[] fixed = signature.toFixed(Curve.P256);

        assertThat(HexFormat.of().formatHex(fixed, 0, 32)).isEqualTo("0".repeat(63) + "2");
        assertThat(CurveSignature.ofProvider(fixed, Curve.P256)).isEqualTo(signature);
    }

    @Test
    void ofProvider_noSignature_isAFaultOfTheProvider() {
        byte[] fixed = new CurveSignature(BigInteger.ONE, BigInteger.ONE).toFixed(Curve.P256);
        for (byte[] none : new byte[][] {
            {}, new byte[31], new byte[64], Arrays.copyOf(fixed, 63), Arrays.copyOf(fixed, 65), new byte[96]
        }) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> CurveSignature.ofProvider(none, Curve.P256));
        }
    }
}
