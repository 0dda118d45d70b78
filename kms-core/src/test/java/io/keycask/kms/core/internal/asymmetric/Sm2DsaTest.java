package io.keycask.kms.core.internal.asymmetric;

import static io.keycask.kms.core.internal.asymmetric.Keys.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Test;

/** SM2 signatures against the example of GM/T 0003.5 (GB/T 32918.5) and Bouncy Castle. */
final class Sm2DsaTest {
    private static final CurveKey KEY = new CurveKey(
            Curve.SM2,
            new CurvePoint(
                    number("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"),
                    number("CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")));

    @Test
    void verify_exampleOfTheStandard_isValid() {
        Sm2Dsa scheme = new Sm2Dsa(KEY);
        byte[] digest = scheme.digest("message digest".getBytes(StandardCharsets.US_ASCII));
        CurveSignature signature = new CurveSignature(
                number("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"),
                number("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"));

        assertThat(HexFormat.of().withUpperCase().formatHex(digest))
                .isEqualTo("F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640");
        assertThat(scheme.verify(digest, signature.toDer())).isTrue();
        for (int bit = 0; bit < 8 * signature.toDer().length; bit += 3) {
            assertThat(scheme.verify(digest, Keys.flipped(signature.toDer(), bit)))
                    .isFalse();
        }
    }

    @Test
    void verify_signaturesOfBouncyCastle_areValid() throws Exception {
        X9ECParameters sm2 = GMNamedCurves.getByName("sm2p256v1");
        ECDomainParameters domain = new ECDomainParameters(sm2.getCurve(), sm2.getG(), sm2.getN(), sm2.getH());
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(domain, new SecureRandom()));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        var q = ((ECPublicKeyParameters) pair.getPublic()).getQ().normalize();
        Sm2Dsa scheme = new Sm2Dsa(new CurveKey(
                Curve.SM2,
                new CurvePoint(
                        q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger())));
        for (int size : new int[] {0, 1, 64, 4_096}) {
            byte[] message = new byte[size];
            SM2Signer signer = new SM2Signer();
            signer.init(true, pair.getPrivate());
            signer.update(message, 0, size);
            byte[] signature = signer.generateSignature();

            assertThat(scheme.verify(scheme.digest(message), signature)).isTrue();
            assertThat(new Sm2Dsa(KEY).verify(scheme.digest(message), signature))
                    .isFalse();
        }
    }

    /** GB/T 32918.2 §7.1, step B5. */
    @Test
    void verify_numbersWhoseSumIsTheOrder_isInvalid() {
        BigInteger r = BigInteger.valueOf(3);
        CurveSignature signature = new CurveSignature(r, Curve.SM2.order().subtract(r));

        assertThat(new Sm2Dsa(KEY).verify(new byte[32], signature.toDer())).isFalse();
    }
}
