package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AsymmetricCmk;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KmsException;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.NewKey;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SealedDataKey;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.SymmetricCmk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key pairs as a caller sees them; the JDK and Bouncy Castle are the other side. One engine for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AsymmetricKeysTest {
    private static final byte[] MESSAGE = "pay 100 to Bob".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET = "a secret of 26 bytes in it".getBytes(StandardCharsets.US_ASCII);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    private EmbeddedKms kms;

    @BeforeAll
    void open(@TempDir Path folder) {
        kms = TestKms.builder(folder).build();
        kms.createKey(NewKey.signing("rsa-sign", KeySpec.RSA_2048));
        kms.createKey(NewKey.signing("p256", KeySpec.EC_P256));
        kms.createKey(NewKey.signing("p384", KeySpec.EC_P384));
        kms.createKey(NewKey.signing("sm2-sign", KeySpec.SM2));
        kms.createKey(NewKey.decryptionWithPkcs1("rsa-pkcs1", KeySpec.RSA_2048));
        kms.createKey(NewKey.decryption("rsa-decrypt", KeySpec.RSA_2048));
        kms.createKey(NewKey.decryption("sm2-decrypt", KeySpec.SM2));
        kms.createKey(NewKey.named("aes"));
    }

    @AfterAll
    void close() {
        kms.close();
    }

    // ---- signatures

    @ParameterizedTest
    @CsvSource({
        "rsa-sign, RSA_PSS_SHA_256, SHA-256, 256",
        "rsa-sign, RSA_PKCS1_SHA_256, SHA-256, 256",
        "p256, ECC_P256_R1, SHA-256, 72",
        "p384, ECC_P384_R1, SHA-384, 104",
        "sm2-sign, SM2DSA, '', 72",
    })
    void sign_bothForms_verifiesHereAndElsewhere(String alias, String name, String digestName, int maxBytes)
            throws Exception {
        SigningCmk key = kms.signingKey(alias);
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(name);
        byte[] digest = digestName.isEmpty()
                ? ForeignPairs.sm2Digest(key.publicKey(), MESSAGE)
                : MessageDigest.getInstance(digestName).digest(MESSAGE);
        MessageToSign raw = MessageToSign.raw(MESSAGE);
        MessageToSign ready = MessageToSign.digest(digest);

        for (MessageToSign signed : new MessageToSign[] {raw, ready}) {
            byte[] signature = key.sign(algorithm, signed);

            assertThat(signature).hasSizeLessThanOrEqualTo(maxBytes);
            assertThat(key.verify(algorithm, raw, signature)).isTrue();
            assertThat(key.verify(algorithm, ready, signature)).isTrue();
            assertThat(ForeignPairs.verifiesInBouncyCastle(algorithm, key.publicKey(), MESSAGE, signature))
                    .isTrue();
            if (!algorithm.equals(SignatureAlgorithm.SM2DSA)) {
                assertThat(ForeignPairs.verifiesInTheJdk(algorithm, key.publicKey(), MESSAGE, signature))
                        .isTrue();
            }
            assertNoDamageVerifies(key, algorithm, raw, signature);
        }
        assertThat(key.verify(algorithm, MessageToSign.raw(new byte[0]), key.sign(algorithm, raw)))
                .isFalse();
    }

    private static void assertNoDamageVerifies(
            SigningCmk key, SignatureAlgorithm algorithm, MessageToSign message, byte[] signature) {
        for (int bit = 0; bit < 8 * signature.length; bit += 11) {
            byte[] damaged = signature.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(key.verify(algorithm, message, damaged)).isFalse();
        }
        for (byte[] none : new byte[][] {
            {}, new byte[signature.length], Arrays.copyOf(signature, signature.length + 1), new byte[5_000]
        }) {
            assertThat(key.verify(algorithm, message, none)).isFalse();
        }
    }

    @Test
    void sign_longestAndEmptyMessage_works() {
        SigningCmk key = kms.signingKey("p256");
        for (int size : new int[] {0, MessageToSign.MAX_RAW_BYTES}) {
            MessageToSign message = MessageToSign.raw(new byte[size]);
            byte[] signature = key.sign(SignatureAlgorithm.ECC_P256_R1, message);
            assertThat(key.verify(SignatureAlgorithm.ECC_P256_R1, message, signature))
                    .isTrue();
        }
    }

    @Test
    void signAndVerify_digestOfAnotherLength_isRefused() {
        SigningCmk key = kms.signingKey("p384");
        for (int size : new int[] {0, 32, 47, 49, 64}) {
            MessageToSign message = MessageToSign.digest(new byte[size]);
            assertCode(ErrorCode.INVALID_PARAMETER, () -> key.sign(SignatureAlgorithm.ECC_P384_R1, message));
            assertCode(
                    ErrorCode.INVALID_PARAMETER,
                    () -> key.verify(SignatureAlgorithm.ECC_P384_R1, message, new byte[10]));
        }
    }

    @Test
    void signAndVerify_algorithmOfAnotherSpec_isRefused() {
        MessageToSign message = MessageToSign.raw(MESSAGE);
        for (String alias : new String[] {"rsa-sign", "p256", "p384"}) {
            SigningCmk key = kms.signingKey(alias);
            for (SignatureAlgorithm other :
                    new SignatureAlgorithm[] {SignatureAlgorithm.SM2DSA, SignatureAlgorithm.of("NO_SUCH")}) {
                assertCode(ErrorCode.INVALID_KEY_USAGE, () -> key.sign(other, message));
                assertCode(ErrorCode.INVALID_KEY_USAGE, () -> key.verify(other, message, new byte[70]));
            }
        }
    }

    // ---- public keys

    @Test
    void publicKey_isDerAndPemThatOthersRead() throws Exception {
        for (String alias : new String[] {"rsa-sign", "p256", "p384", "sm2-sign", "rsa-decrypt", "sm2-decrypt"}) {
            PublicKey key = ((AsymmetricCmk) kms.key(alias)).publicKey();

            assertThat(ForeignPairs.parse(key).getEncoded()).isEqualTo(key.toBytes());
            assertThat(ForeignPairs.parsePem(key.toPem())).isEqualTo(key.toBytes());
            assertThat(PublicKey.parsePem(key.toPem())).isEqualTo(key);
        }
    }

    // ---- decryption

    @ParameterizedTest
    @CsvSource({
        "rsa-decrypt, RSAES_OAEP_SHA_256, 190",
        "rsa-decrypt, RSAES_OAEP_SHA_1, 214",
        "rsa-pkcs1, RSAES_OAEP_SHA_256, 190",
        "rsa-pkcs1, RSAES_OAEP_SHA_1, 214",
        "rsa-pkcs1, RSAES_PKCS1_V1_5, 245",
        "sm2-decrypt, SM2, 140",
    })
    void decrypt_whatOthersEncrypted_returnsIt(String alias, String name, int maxBytes) throws Exception {
        DecryptionCmk key = kms.decryptionKey(alias);
        DecryptionAlgorithm algorithm = DecryptionAlgorithm.of(name);
        for (int size : new int[] {1, 32, maxBytes}) {
            byte[] plaintext = new byte[size];
            plaintext[size - 1] = 7;

            byte[] ciphertext = ForeignPairs.encrypt(algorithm, key.publicKey(), plaintext);

            assertThat(key.decrypt(algorithm, ciphertext)).isEqualTo(plaintext);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-decrypt, RSAES_OAEP_SHA_256",
        "rsa-decrypt, RSAES_OAEP_SHA_1",
        "sm2-decrypt, SM2",
    })
    void decrypt_whateverIsWrong_isOneAnswer(String alias, String name) throws Exception {
        DecryptionCmk key = kms.decryptionKey(alias);
        DecryptionAlgorithm algorithm = DecryptionAlgorithm.of(name);
        byte[] ciphertext = ForeignPairs.encrypt(algorithm, key.publicKey(), SECRET);
        byte[] ones = new byte[256];
        Arrays.fill(ones, (byte) 0xff);
        Set<String> answers = new HashSet<>();

        for (int bit = 0; bit < 8 * ciphertext.length; bit += 29) {
            byte[] damaged = ciphertext.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            answers.add(refusal(key, algorithm, damaged));
        }
        for (byte[] none : new byte[][] {
            {}, new byte[256], ones, new byte[257], Arrays.copyOf(ciphertext, ciphertext.length - 1), new byte[9_000]
        }) {
            answers.add(refusal(key, algorithm, none));
        }

        assertThat(answers).hasSize(1);
    }

    private static String refusal(DecryptionCmk key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        try {
            key.decrypt(algorithm, ciphertext);
        } catch (DecryptionException e) {
            assertThat(e).hasNoCause();
            return e.code() + ": " + e.getMessage();
        }
        throw new AssertionError("decrypted");
    }

    @Test
    void decrypt_pkcs1WithoutOptIn_isRefused() throws Exception {
        DecryptionCmk key = kms.decryptionKey("rsa-decrypt");
        byte[] ciphertext = ForeignPairs.encrypt(DecryptionAlgorithm.RSAES_PKCS1_V1_5, key.publicKey(), SECRET);

        assertCode(ErrorCode.INVALID_KEY_USAGE, () -> key.decrypt(DecryptionAlgorithm.RSAES_PKCS1_V1_5, ciphertext));
        assertCode(
                ErrorCode.UNSUPPORTED_KEY_USAGE,
                () -> kms.createKey(NewKey.decryptionWithPkcs1("sm2-pkcs1", KeySpec.SM2)));
    }

    @Test
    void decrypt_algorithmOfAnotherSpec_isRefused() {
        DecryptionCmk rsa = kms.decryptionKey("rsa-decrypt");
        DecryptionCmk sm2 = kms.decryptionKey("sm2-decrypt");

        assertCode(ErrorCode.INVALID_KEY_USAGE, () -> rsa.decrypt(DecryptionAlgorithm.SM2, new byte[256]));
        assertCode(
                ErrorCode.INVALID_KEY_USAGE, () -> sm2.decrypt(DecryptionAlgorithm.RSAES_OAEP_SHA_256, new byte[256]));
        assertCode(ErrorCode.INVALID_KEY_USAGE, () -> sm2.decrypt(DecryptionAlgorithm.of("NO_SUCH"), new byte[256]));
    }

    // ---- answers to public keys

    @Test
    void generateDataKeyTo_anRsaKey_isOpenedByItsOwnerAndByTheKey() throws Exception {
        KeyPair owner = rsa();
        PublicKey to = PublicKey.copyOf(owner.getPublic().getEncoded());
        SymmetricCmk aes = kms.symmetricKey("aes");
        for (DecryptionAlgorithm algorithm :
                new DecryptionAlgorithm[] {DecryptionAlgorithm.RSAES_OAEP_SHA_256, DecryptionAlgorithm.RSAES_OAEP_SHA_1
                }) {
            SealedDataKey sealed = aes.generateDataKeyTo(to, algorithm, DataKeySpec.AES_256, CONTEXT);
            byte[] atOwner = ForeignPairs.rsa(algorithm, Cipher.DECRYPT_MODE, owner.getPrivate())
                    .doFinal(sealed.sealed());

            assertThat(atOwner).hasSize(32);
            assertThat(sealed.keyId()).isEqualTo(aes.id());
            try (DataKey dataKey = aes.decryptDataKey(sealed.wrapped(), CONTEXT)) {
                assertThat(dataKey.<byte[], RuntimeException>use(byte[]::clone)).isEqualTo(atOwner);
            }
        }
    }

    @Test
    void decryptTo_anSm2OrRsaKey_isOpenedByItsOwner() throws Exception {
        SymmetricCmk aes = kms.symmetricKey("aes");
        Ciphertext ciphertext = aes.encrypt(SECRET, CONTEXT);
        DecryptionCmk sm2 = kms.decryptionKey("sm2-decrypt");
        DecryptionCmk rsa = kms.decryptionKey("rsa-decrypt");
        DecryptionAlgorithm oaep = DecryptionAlgorithm.RSAES_OAEP_SHA_256;

        byte[] toSm2 = kms.decryptTo(sm2.publicKey(), DecryptionAlgorithm.SM2, ciphertext, CONTEXT);
        byte[] toRsa = aes.decryptTo(rsa.publicKey(), oaep, ciphertext, CONTEXT);

        assertThat(sm2.decrypt(DecryptionAlgorithm.SM2, toSm2)).isEqualTo(SECRET);
        assertThat(rsa.decrypt(oaep, toRsa)).isEqualTo(SECRET);
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> kms.decryptTo(rsa.publicKey(), oaep, ciphertext, EncryptionContext.empty()));
        SymmetricCmk other = kms.createKeyIfAbsent(NewKey.named("aes-2"));
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> other.decryptTo(rsa.publicKey(), oaep, ciphertext, CONTEXT));
    }

    @Test
    void sealing_toWhatIsNoKeyOfTheAlgorithm_isAnEncryptionError() throws Exception {
        SymmetricCmk aes = kms.symmetricKey("aes");
        PublicKey rsa = kms.decryptionKey("rsa-decrypt").publicKey();
        PublicKey p256 = kms.signingKey("p256").publicKey();
        Ciphertext large = aes.encrypt(new byte[300], CONTEXT);
        DecryptionAlgorithm oaep = DecryptionAlgorithm.RSAES_OAEP_SHA_256;

        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(p256, oaep));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(p256, DecryptionAlgorithm.SM2));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(rsa, DecryptionAlgorithm.SM2));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(rsa, DecryptionAlgorithm.RSAES_PKCS1_V1_5));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(rsa, DecryptionAlgorithm.of("NO_SUCH")));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> dataKeyTo(PublicKey.copyOf(new byte[91]), oaep));
        assertCode(ErrorCode.ENCRYPTION_ERROR, () -> kms.decryptTo(rsa, oaep, large, CONTEXT));
    }

    private void dataKeyTo(PublicKey publicKey, DecryptionAlgorithm algorithm) {
        kms.symmetricKey("aes").generateDataKeyTo(publicKey, algorithm, DataKeySpec.AES_256, CONTEXT);
    }

    // ---- handles

    @Test
    void handles_areOfTheUsageOfTheKey() {
        assertThat(kms.key("rsa-sign")).isInstanceOf(SigningCmk.class).isEqualTo(kms.signingKey("rsa-sign"));
        assertThat(kms.key("sm2-decrypt")).isInstanceOf(DecryptionCmk.class);
        assertThat(kms.key("aes")).isInstanceOf(SymmetricCmk.class);
        assertThat(kms.findKey("p256"))
                .hasValueSatisfying(key ->
                        assertThat(key).isInstanceOf(SigningCmk.class).hasToString("SigningCmk[" + key.id() + "]"));
        for (String alias : new String[] {"aes", "rsa-decrypt"}) {
            assertCode(ErrorCode.INVALID_KEY_USAGE, () -> kms.signingKey(alias));
            assertCode(
                    ErrorCode.INVALID_KEY_USAGE,
                    () -> kms.signingKey(kms.key(alias).id()));
        }
        for (String alias : new String[] {"aes", "p256"}) {
            assertCode(ErrorCode.INVALID_KEY_USAGE, () -> kms.decryptionKey(alias));
        }
        assertCode(ErrorCode.INVALID_KEY_USAGE, () -> kms.symmetricKey("p256"));
    }

    @Test
    void createKeyIfAbsent_sameUsage_returnsTheKeyAndAnotherUsageIsRefused() {
        SigningCmk key = kms.createKeyIfAbsent(NewKey.signing("p256", KeySpec.EC_P256));

        assertThat(key).isEqualTo(kms.signingKey("p256"));
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKeyIfAbsent(NewKey.decryption("rsa-sign", KeySpec.RSA_2048)));
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKeyIfAbsent(NewKey.decryption("rsa-pkcs1", KeySpec.RSA_2048)));
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKeyIfAbsent(NewKey.named("p256")));
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKeyIfAbsent(NewKey.signing("aes", KeySpec.EC_P256)));
    }

    @Test
    void createKey_specThatNobodyOffersForTheUsage_isRefused() {
        for (NewKey<?> request : new NewKey<?>[] {
            NewKey.decryption("none", KeySpec.EC_P256),
            NewKey.decryption("none", KeySpec.AES_256),
            NewKey.signing("none", KeySpec.SM4),
            NewKey.signing("none", KeySpec.of("NO_SUCH_SPEC")),
            NewKey.named("none").spec(KeySpec.RSA_2048)
        }) {
            assertCode(ErrorCode.UNSUPPORTED_KEY_USAGE, () -> kms.createKey(request));
        }
        assertThat(kms.findKey("none")).isEmpty();
    }

    @Test
    void messages_tooLong_areRefusedBeforeAKeyIsAsked() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> MessageToSign.raw(new byte[MessageToSign.MAX_RAW_BYTES + 1]));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> MessageToSign.digest(new byte[65]));
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return generator.generateKeyPair();
    }

    private static void assertCode(ErrorCode code, Runnable call) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
