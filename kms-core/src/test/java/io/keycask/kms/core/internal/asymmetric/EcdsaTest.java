package io.keycask.kms.core.internal.asymmetric;

import static io.keycask.kms.core.internal.asymmetric.Keys.bytes;
import static io.keycask.kms.core.internal.asymmetric.Keys.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeySpec;
import io.keycask.kms.SignatureAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ECDSA against RFC 6979, the JDK, Bouncy Castle, and signatures made to meet the corners. */
final class EcdsaTest {
    private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6979 §A.2.5 and §A.2.6. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "EC_P256, sample, 60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6,"
                + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299,"
                + "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        "EC_P256, test, 60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6,"
                + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299,"
                + "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
                + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        "EC_P384, sample,"
                + " EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13,"
                + "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720,"
                + "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46,"
                + "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
    })
    void verify_knownAnswers_areValid(String spec, String text, String x, String y, String r, String s) {
        Curve curve = spec.equals("EC_P256") ? Curve.P256 : Curve.P384;
        Ecdsa scheme = new Ecdsa(new CurveKey(curve, new CurvePoint(number(x), number(y))));
        byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        CurveSignature signature = new CurveSignature(number(r), number(s));

        assertThat(curve.holds(scheme.key().point())).isTrue();
        assertThat(scheme.verify(scheme.digest(message), signature.toDer())).isTrue();
        assertThat(scheme.fulfilsTheDefinition(scheme.digest(message), signature))
                .isTrue();
        assertThat(scheme.verify(scheme.digest(bytes("00")), signature.toDer())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"EC_P256, secp256r1, SHA256withECDSA", "EC_P384, secp384r1, SHA384withECDSA"})
    void verify_signaturesOfTheJdk_andNoBitFlipped(String spec, String curve, String jdkName) throws Exception {
        KeyPair pair = Keys.ec(curve);
        Ecdsa scheme = new Ecdsa(Keys.curveKey(KeySpec.of(spec), pair));
        Signature signer = Signature.getInstance(jdkName);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        byte[] digest = scheme.digest(MESSAGE);

        assertThat(scheme.verify(digest, signature)).isTrue();
        assertThat(scheme.fulfilsTheDefinition(
                        digest,
                        CurveSignature.parse(signature, scheme.key().curve()).orElseThrow()))
                .isTrue();
        for (int bit = 0; bit < 8 * signature.length; bit += spec.equals("EC_P256") ? 1 : 5) {
            assertThat(scheme.verify(digest, Keys.flipped(signature, bit)))
                    .as("bit " + bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * digest.length; bit += 7) {
            assertThat(scheme.verify(Keys.flipped(digest, bit), signature)).isFalse();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** Any numbers are a signature of some key: Q = (s R - e G) / r for any point R whose x is r. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void definition_anyNumbers_agreesWithBouncyCastle(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Corner corner = seed % 2 == 0 ? new Corner("secp256r1", Curve.P256) : new Corner("secp384r1", Curve.P384);
        BigInteger k = new BigInteger(380, new Random(random.nextLong())).mod(corner.n());
        byte[] digest = new byte[corner.curve.sizeBytes()];
        random.nextBytes(digest);
        BigInteger s = new BigInteger(380, new Random(random.nextLong())).mod(corner.n());

        corner.check(corner.parameters.getG().multiply(k).normalize(), s, digest, true);
    }

    @Test
    void verify_xCoordinateAboveTheOrder_isValid() {
        for (Corner corner : new Corner[] {new Corner("secp256r1", Curve.P256), new Corner("secp384r1", Curve.P384)}) {
            ECPoint point = corner.pointAboveTheOrder();

            corner.check(point, BigInteger.TEN, new byte[] {1, 2, 3}, true);
            corner.check(point, corner.n().subtract(BigInteger.ONE), new byte[corner.curve.sizeBytes()], true);
        }
    }

    @Test
    void verify_bothTermsAreThePoint_orSmallNumbers_isValid() {
        Corner corner = new Corner("secp256r1", Curve.P256);
        ECPoint g = corner.parameters.getG();
        for (int k = 2; k < 8; k += 2) {
            for (int s = 1; s < 4; s++) {
                ECPoint point = g.multiply(BigInteger.valueOf(k)).normalize();
                corner.check(point, BigInteger.valueOf(s), new byte[32], true); // one term is infinity
                corner.check(point, BigInteger.valueOf(s), new byte[] {(byte) (k * s / 2)}, true); // both are the same
            }
        }
    }

    @Test
    void verify_sumIsThePointAtInfinity_isInvalid() {
        Curve curve = Curve.P256;
        BigInteger e = BigInteger.valueOf(7);
        BigInteger r = BigInteger.valueOf(11);
        ECDomainParameters domain = new Corner("secp256r1", curve).domain();
        // Q = -(e / r) G, so that e G + r Q is infinity
        ECPoint q = domain.getG()
                .multiply(domain.getN()
                        .subtract(e.multiply(r.modInverse(domain.getN())))
                        .mod(domain.getN()))
                .normalize();
        Ecdsa scheme = new Ecdsa(new CurveKey(
                curve,
                new CurvePoint(
                        q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger())));

        assertThat(scheme.verify(FixedLength.of(e, 32), new CurveSignature(r, BigInteger.valueOf(5)).toDer()))
                .isFalse();
    }

    /** Makes signatures from the far end. */
    private static final class Corner {
        final X9ECParameters parameters;
        final Curve curve;

        Corner(String name, Curve curve) {
            this.parameters = SECNamedCurves.getByName(name);
            this.curve = curve;
        }

        BigInteger n() {
            return parameters.getN();
        }

        ECDomainParameters domain() {
            return new ECDomainParameters(parameters.getCurve(), parameters.getG(), n(), parameters.getH());
        }

        ECPoint pointAboveTheOrder() {
            for (int above = 1; above < 100; above++) {
                byte[] compressed = new byte[1 + curve.sizeBytes()];
                compressed[0] = 2;
                byte[] x = FixedLength.of(n().add(BigInteger.valueOf(above)), curve.sizeBytes());
                System.arraycopy(x, 0, compressed, 1, x.length);
                Optional<ECPoint> point = decode(compressed);
                if (point.isPresent()) {
                    return point.get();
                }
            }
            throw new AssertionError("no point above the order");
        }

        private Optional<ECPoint> decode(byte[] compressed) {
            try {
                return Optional.of(parameters.getCurve().decodePoint(compressed));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        void check(ECPoint point, BigInteger s, byte[] digest, boolean expected) {
            BigInteger r = point.getAffineXCoord().toBigInteger().mod(n());
            BigInteger e = new BigInteger(1, digest);
            ECPoint q = point.multiply(s)
                    .subtract(parameters.getG().multiply(e.mod(n())))
                    .multiply(r.modInverse(n()))
                    .normalize();
            ECDSASigner oracle = new ECDSASigner();
            oracle.init(false, new ECPublicKeyParameters(q, domain()));
            byte[] fixed = FixedLength.of(e, curve.sizeBytes());
            CurvePoint ours = new CurvePoint(
                    q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger());
            Ecdsa scheme = new Ecdsa(new CurveKey(curve, ours));
            CurveSignature signature = new CurveSignature(r, s);
            CurveSignature other = new CurveSignature(r, s.add(BigInteger.ONE).mod(n()));

            assertThat(curve.holds(ours)).isTrue();
            assertThat(oracle.verifySignature(fixed, r, s)).isEqualTo(expected);
            assertThat(scheme.fulfilsTheDefinition(fixed, signature)).isEqualTo(expected);
            assertThat(scheme.verify(fixed, signature.toDer())).isEqualTo(expected);
            assertThat(scheme.verify(fixed, other.toDer())).isFalse();
        }
    }

    @Test
    void schemes_belongToTheirCurves() throws Exception {
        PublicHalf p256 = Keys.curveKey(KeySpec.EC_P256, Keys.ec("secp256r1"));
        PublicHalf p384 = Keys.curveKey(KeySpec.EC_P384, Keys.ec("secp384r1"));

        assertThat(SignatureScheme.of(SignatureAlgorithm.ECC_P256_R1, p256)).isPresent();
        assertThat(SignatureScheme.of(SignatureAlgorithm.ECC_P384_R1, p384)).isPresent();
        assertThat(SignatureScheme.of(SignatureAlgorithm.ECC_P256_R1, p384)).isEmpty();
        assertThat(SignatureScheme.of(SignatureAlgorithm.SM2DSA, p256)).isEmpty();
        assertThat(SignatureScheme.of(SignatureAlgorithm.RSA_PSS_SHA_256, p256)).isEmpty();
        assertThat(SignatureScheme.of(SignatureAlgorithm.of("NO_SUCH_ALGORITHM"), p384))
                .isEmpty();
    }
}
