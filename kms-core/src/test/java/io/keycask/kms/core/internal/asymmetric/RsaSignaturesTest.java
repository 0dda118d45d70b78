package io.keycask.kms.core.internal.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeySpec;
import io.keycask.kms.SignatureAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RSA signatures: of the JDK, of others, and encoded messages that only look like one (SIG-4). */
final class RsaSignaturesTest {
    private static final byte[] MESSAGE = "sign here".getBytes(StandardCharsets.US_ASCII);
    private static KeyPair pair;
    private static RsaKey key;

    @BeforeAll
    static void generate() throws Exception {
        pair = Keys.rsa();
        key = RsaKey.parse(KeySpec.RSA_2048, pair.getPublic().getEncoded()).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA_PSS_SHA_256", "RSA_PKCS1_SHA_256"})
    void verify_signatureOfTheJdk_andNoBitFlipped(String name) throws Exception {
        SignatureScheme scheme =
                SignatureScheme.of(SignatureAlgorithm.of(name), key).orElseThrow();
        byte[] digest = scheme.digest(MESSAGE);
        byte[] signature = jdkSignature(name.contains("PSS") ? 32 : -1);

        assertThat(scheme.verify(digest, signature)).isTrue();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            assertThat(scheme.verify(digest, Keys.flipped(signature, bit)))
                    .as("bit " + bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * digest.length; bit++) {
            assertThat(scheme.verify(Keys.flipped(digest, bit), signature)).isFalse();
        }
        for (int length : new int[] {0, 1, 255, 257, 512}) {
            assertThat(scheme.verify(digest, Arrays.copyOf(signature, length))).isFalse();
        }
        byte[] padded = new byte[257];
        System.arraycopy(signature, 0, padded, 1, 256);
        assertThat(scheme.verify(digest, padded)).isFalse();
    }

    @Test
    void verify_signatureOfTheOtherAlgorithm_isInvalid() throws Exception {
        byte[] digest = new RsaPss(key).digest(MESSAGE);

        assertThat(new RsaPss(key).verify(digest, jdkSignature(-1))).isFalse();
        assertThat(new RsaPkcs1(key).verify(digest, jdkSignature(32))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 31, 33, 64, 222})
    void verify_pssWithAnotherSalt_isInvalid(int saltBytes) throws Exception {
        assertThat(new RsaPss(key).verify(new RsaPss(key).digest(MESSAGE), jdkSignature(saltBytes)))
                .isFalse();
    }

    @Test
    void verify_signaturePlusModulus_isInvalid() throws Exception {
        byte[] signature = jdkSignature(-1);
        BigInteger larger = new BigInteger(1, signature).add(key.modulus());
        if (larger.bitLength() <= 2_048) {
            assertThat(new RsaPkcs1(key).verify(new RsaPkcs1(key).digest(MESSAGE), FixedLength.of(larger, 256)))
                    .isFalse();
        }
        assertThat(new RsaPkcs1(key).verify(new byte[32], FixedLength.of(key.modulus(), 256)))
                .isFalse();
        assertThat(new RsaPkcs1(key).verify(new byte[32], new byte[256])).isFalse();
    }

    /** Encoded messages that lax parsers took for a signature (Bleichenbacher's forgery of 2006, and its kin). */
    @Test
    void verify_pkcs1WithAnotherPadding_isInvalid() {
        RsaPkcs1 scheme = new RsaPkcs1(key);
        byte[] digest = scheme.digest(MESSAGE);
        byte[] good = Keys.bytes("0001" + "ff".repeat(202) + "00" + "3031300d060960864801650304020105000420");
        byte[] encoded = Arrays.copyOf(good, 256);
        System.arraycopy(digest, 0, encoded, 224, 32);
        assertThat(scheme.verify(digest, signed(encoded))).isTrue();

        byte[] withoutNull = Keys.bytes("0001" + "ff".repeat(204) + "00" + "302f300b0609608648016503040201" + "0420");
        byte[] other = Arrays.copyOf(withoutNull, 256);
        System.arraycopy(digest, 0, other, 224, 32);
        assertThat(scheme.verify(digest, signed(other))).isFalse();

        byte[] early = Keys.bytes("0001" + "ff".repeat(8) + "00" + "3031300d060960864801650304020105000420");
        byte[] garbage = Arrays.copyOf(early, 256);
        System.arraycopy(digest, 0, garbage, early.length, 32);
        assertThat(scheme.verify(digest, signed(garbage))).isFalse();

        for (int at : new int[] {1, 2, 100, 203, 204, 205, 223}) {
            byte[] damaged = encoded.clone();
            damaged[at] ^= 1;
            assertThat(scheme.verify(digest, signed(damaged))).isFalse();
        }
    }

    @Test
    void verify_pssWithADamagedEncoding_isInvalid() throws Exception {
        RsaPss scheme = new RsaPss(key);
        byte[] digest = scheme.digest(MESSAGE);
        byte[] encoded = key.encodedMessage(jdkSignature(32)).orElseThrow();
        assertThat(scheme.verify(digest, signed(encoded))).isTrue();

        for (int bit = 0; bit < 8 * encoded.length; bit += 3) {
            byte[] damaged = Keys.flipped(encoded, bit);
            if (new BigInteger(1, damaged).compareTo(key.modulus()) < 0) {
                assertThat(scheme.verify(digest, signed(damaged)))
                        .as("bit " + bit)
                        .isFalse();
            }
        }
    }

    @Test
    void parse_keyOfAnotherSpec_isNone() throws Exception {
        byte[] der = pair.getPublic().getEncoded();

        assertThat(PublicHalf.parse(KeySpec.RSA_3072, der)).isEmpty();
        assertThat(PublicHalf.parse(KeySpec.EC_P256, der)).isEmpty();
        assertThat(PublicHalf.parse(
                        KeySpec.RSA_2048, Keys.ec("secp256r1").getPublic().getEncoded()))
                .isEmpty();
        assertThat(PublicHalf.parse(KeySpec.RSA_2048, new byte[0])).isEmpty();
    }

    private static byte[] signed(byte[] encoded) {
        RSAPrivateKey privateKey = (RSAPrivateKey) pair.getPrivate();
        BigInteger value = new BigInteger(1, encoded).modPow(privateKey.getPrivateExponent(), privateKey.getModulus());
        return FixedLength.of(value, 256);
    }

    /** A signature with this salt of PSS, or one of PKCS #1 v1.5. */
    private static byte[] jdkSignature(int saltBytes) throws Exception {
        Signature signer = Signature.getInstance(saltBytes < 0 ? "SHA256withRSA" : "RSASSA-PSS");
        if (saltBytes >= 0) {
            signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltBytes, 1));
        }
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }
}
