package io.keycask.kms.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The part of the {@link KeyProviderContract} about {@link KeyPairs} and {@link PublicKeySealing}; skipped for a provider
 * without these powers.
 */
abstract class KeyPairsContract {
    private static final byte[] MESSAGE = "sign here".getBytes(StandardCharsets.US_ASCII);
    private static final List<SignatureAlgorithm> SIGNATURES = List.of(
            SignatureAlgorithm.RSA_PSS_SHA_256,
            SignatureAlgorithm.RSA_PKCS1_SHA_256,
            SignatureAlgorithm.ECC_P256_R1,
            SignatureAlgorithm.ECC_P384_R1,
            SignatureAlgorithm.SM2DSA);
    private static final List<DecryptionAlgorithm> DECRYPTIONS = List.of(
            DecryptionAlgorithm.RSAES_OAEP_SHA_256,
            DecryptionAlgorithm.RSAES_OAEP_SHA_1,
            DecryptionAlgorithm.RSAES_PKCS1_V1_5,
            DecryptionAlgorithm.SM2);

    private final List<KeyProvider> opened = new ArrayList<>();
    KeyProvider provider;

    /**
     * Returns a provider on keys, root keys or a token of its own, shared with no other test. Called once before each
     * test.
     */
    protected abstract KeyProvider open() throws Exception;

    /** Returns one more provider on the same keys as the last call of {@link #open()}, as another process would. */
    protected abstract KeyProvider reopen() throws Exception;

    /** Returns whether pairs of the spec are made here: not those that take seconds, unless a test says otherwise. */
    protected boolean isMadeOften(KeySpec spec) {
        return !spec.equals(KeySpec.RSA_3072) && !spec.equals(KeySpec.RSA_4096);
    }

    @BeforeEach
    final void openProvider() throws Exception {
        provider = remember(open());
    }

    @AfterEach
    final void closeProviders() {
        opened.forEach(KeyProvider::close);
    }

    final KeyProvider remember(KeyProvider added) {
        opened.add(added);
        return added;
    }

    // ---- what is declared works

    @Test
    void sign_everyDeclaredAlgorithm_verifiesElsewhere() throws Exception {
        for (KeySpec spec : specs(KeyUsage.ASYMMETRIC_SIGN_VERIFY)) {
            KeyHandle key = pairs().createPair(spec, KeyUsage.ASYMMETRIC_SIGN_VERIFY, version());
            byte[] spki = pairs().publicKey(key);

            assertThat(key.spec()).isEqualTo(spec);
            assertThat(pairs().publicKey(key)).isEqualTo(spki);
            for (SignatureAlgorithm algorithm : SIGNATURES) {
                byte[] digest = digest(algorithm);
                if (provider.capabilities().contains(Capability.sign(spec, algorithm))) {
                    byte[] signature = pairs().sign(key, algorithm, digest);
                    byte[] signed = algorithm.equals(SignatureAlgorithm.SM2DSA) ? digest : MESSAGE;
                    assertThat(IndependentPairs.verify(algorithm, spki, signed, signature))
                            .as(spec + " " + algorithm)
                            .isTrue();
                    assertThatThrownBy(() -> pairs().sign(key, algorithm, Arrays.copyOf(digest, digest.length - 1)))
                            .isInstanceOf(InvalidRequestException.class);
                } else {
                    assertThatThrownBy(() -> pairs().sign(key, algorithm, digest))
                            .isInstanceOf(KeyUsageException.class);
                }
            }
        }
    }

    @Test
    void decryptWithPair_everyDeclaredAlgorithm_opensWhatOthersEncrypted() throws Exception {
        for (KeySpec spec : specs(KeyUsage.ASYMMETRIC_DECRYPT)) {
            KeyHandle key = pairs().createPair(spec, KeyUsage.ASYMMETRIC_DECRYPT, version());
            byte[] spki = pairs().publicKey(key);
            for (DecryptionAlgorithm algorithm : DECRYPTIONS) {
                if (provider.capabilities().contains(Capability.decrypt(spec, algorithm))) {
                    for (int size : new int[] {1, 16, 32, 126}) {
                        byte[] ciphertext = IndependentPairs.encrypt(algorithm, spki, new byte[size]);
                        assertThat(decrypted(key, algorithm, ciphertext)).isEqualTo(new byte[size]);
                    }
                    assertDamageIsNoticed(key, algorithm, IndependentPairs.encrypt(algorithm, spki, MESSAGE));
                } else {
                    assertThatThrownBy(() -> pairs().decryptWithPair(key, algorithm, new byte[256]))
                            .isInstanceOf(KeyUsageException.class);
                }
            }
        }
    }

    /** With the padding of PKCS #1 v1.5 a damaged ciphertext may open, to something else. */
    private void assertDamageIsNoticed(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)) {
            return;
        }
        for (int bit = 0; bit < 8 * ciphertext.length; bit += 37) {
            byte[] damaged = ciphertext.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertNotDecrypted(key, algorithm, damaged);
        }
        byte[] ones = new byte[ciphertext.length];
        Arrays.fill(ones, (byte) 0xff);
        for (byte[] none : List.of(
                new byte[0],
                new byte[1],
                new byte[97],
                new byte[ciphertext.length],
                ones,
                Arrays.copyOf(ciphertext, ciphertext.length - 1),
                Arrays.copyOf(ciphertext, ciphertext.length + 1))) {
            assertNotDecrypted(key, algorithm, none);
        }
    }

    private void assertNotDecrypted(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        assertThatThrownBy(() -> pairs().decryptWithPair(key, algorithm, ciphertext))
                .isInstanceOf(DecryptionException.class)
                .hasNoCause();
    }

    // ---- what is not declared is refused

    @Test
    void createPair_undeclaredSpecOrUsage_isRefused() {
        KeySpec none = KeySpec.of("NO_SUCH_SPEC");
        for (KeyUsage usage : KeyUsage.values()) {
            assertThatThrownBy(() -> pairs().createPair(none, usage, version())).isInstanceOf(KeyUsageException.class);
            assertThatThrownBy(() -> pairs().createPair(KeySpec.AES_256, usage, version()))
                    .isInstanceOf(KeyUsageException.class);
        }
        for (KeySpec spec : List.of(KeySpec.RSA_2048, KeySpec.EC_P256, KeySpec.EC_P384, KeySpec.SM2)) {
            assertThatThrownBy(() -> pairs().createPair(spec, KeyUsage.ENCRYPT_DECRYPT, version()))
                    .isInstanceOf(KeyUsageException.class);
            if (!specs(KeyUsage.ASYMMETRIC_DECRYPT).contains(spec)) {
                assertThatThrownBy(() -> pairs().createPair(spec, KeyUsage.ASYMMETRIC_DECRYPT, version()))
                        .isInstanceOf(KeyUsageException.class);
            }
        }
        KeyHandle unknown = KeyHandle.of(none, version(), new byte[64]);
        assertThatThrownBy(() -> pairs().publicKey(unknown)).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> pairs().sign(unknown, SignatureAlgorithm.SM2DSA, new byte[32]))
                .isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> pairs().decryptWithPair(unknown, DecryptionAlgorithm.SM2, new byte[100]))
                .isInstanceOf(KeyUsageException.class);
    }

    @Test
    void symmetricCalls_onAKeyPair_areRefused() {
        KeyHandle key = anySigningPair();
        Sealed sealed = Sealed.of(CiphertextSuite.AES_256_GCM, new byte[12], new byte[32]);

        assertThatThrownBy(() -> provider.create(key.spec(), version())).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> provider.encrypt(key, MESSAGE, MESSAGE)).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> provider.decrypt(key, sealed, MESSAGE)).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> provider.importKey(key.spec(), version(), SecretBytes.takeFrom(new byte[32])))
                .isInstanceOf(KeyUsageException.class);
    }

    // ---- handles

    @Test
    void pairs_surviveAReopeningAndWorkInSeveralProviders() throws Exception {
        KeyHandle key = anySigningPair();
        byte[] spki = pairs().publicKey(key);
        provider.close();

        KeyProvider first = remember(reopen());
        KeyProvider second = remember(reopen());
        KeyHandle stored = KeyHandle.of(key.spec(), key.version(), key.token());

        for (KeyProvider again : List.of(first, second)) {
            assertThat(((KeyPairs) again).publicKey(stored)).isEqualTo(spki);
            assertThat(IndependentPairs.verify(algorithm(key), spki, signed(key), signature((KeyPairs) again, stored)))
                    .isTrue();
        }
    }

    @Test
    void createPair_twiceForOneId_bothHandlesWorkAndTheFirstStays() throws Exception {
        KeyHandle first = anySigningPair();
        byte[] spki = pairs().publicKey(first);

        KeyHandle second = pairs().createPair(first.spec(), KeyUsage.ASYMMETRIC_SIGN_VERIFY, first.version());

        assertThat(pairs().publicKey(first)).isEqualTo(spki);
        for (KeyHandle key : List.of(first, second)) {
            byte[] signature = signature(pairs(), key);
            assertThat(IndependentPairs.verify(algorithm(key), pairs().publicKey(key), signed(key), signature))
                    .isTrue();
        }
    }

    @Test
    void destroy_ofAPair_isIdempotentAndLeavesOthers() {
        KeyHandle key = anySigningPair();
        KeyHandle other = anySigningPair();
        signature(pairs(), key);

        provider.destroy(key);
        provider.destroy(key);
        provider.destroy(KeyHandle.of(key.spec(), version(), new byte[0]));

        assertThat(signature(pairs(), other)).isNotEmpty();
    }

    @Test
    void sign_tokenThatIsNone_isAProviderFailure() {
        KeyHandle key = anySigningPair();
        KeyHandle foreign = KeyHandle.of(key.spec(), version(), key.token());
        KeyHandle damaged = KeyHandle.of(key.spec(), key.version(), new byte[200]);

        for (KeyHandle none : List.of(foreign, damaged)) {
            assertThatThrownBy(() -> signature(pairs(), none)).isInstanceOf(ProviderException.class);
            assertThatThrownBy(() -> pairs().publicKey(none)).isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void close_thenEveryCallOnAPair_isAnIllegalState() {
        KeyHandle key = anySigningPair();
        signature(pairs(), key);
        provider.close();

        assertThatThrownBy(() -> signature(pairs(), key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pairs().publicKey(key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pairs().createPair(key.spec(), KeyUsage.ASYMMETRIC_SIGN_VERIFY, version()))
                .isInstanceOf(IllegalStateException.class);
    }

    // ---- public keys of others

    @Test
    void sealTo_anRsaKey_isOpenedByItsOwner() throws Exception {
        PublicKeySealing sealing = sealing();
        KeyPair owner = rsa(2_048);
        byte[] spki = owner.getPublic().getEncoded();
        for (DecryptionAlgorithm algorithm :
                List.of(DecryptionAlgorithm.RSAES_OAEP_SHA_256, DecryptionAlgorithm.RSAES_OAEP_SHA_1)) {
            byte[] sealed = sealing.sealTo(spki, algorithm, SecretBytes.copyOf(MESSAGE));

            assertThat(IndependentPairs.rsa(algorithm, Cipher.DECRYPT_MODE, owner.getPrivate())
                            .doFinal(sealed))
                    .isEqualTo(MESSAGE);
            assertNotSealed(spki, algorithm, 256);
            assertNotSealed(new byte[0], algorithm, 16);
            assertNotSealed(Arrays.copyOf(spki, spki.length - 1), algorithm, 16);
            assertNotSealed(rsa(1_024).getPublic().getEncoded(), algorithm, 16);
        }
        assertNotSealed(spki, DecryptionAlgorithm.SM2, 16);
        assertNotSealed(spki, DecryptionAlgorithm.of("NO_SUCH_ALGORITHM"), 16);
        assertThatThrownBy(() ->
                        sealing.sealTo(spki, DecryptionAlgorithm.RSAES_OAEP_SHA_256, SecretBytes.takeFrom(new byte[0])))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void sealTo_anSm2Key_isOpenedByItsOwner() {
        PublicKeySealing sealing = sealing();
        Assumptions.assumeTrue(specs(KeyUsage.ASYMMETRIC_DECRYPT).contains(KeySpec.SM2));
        KeyHandle owner = pairs().createPair(KeySpec.SM2, KeyUsage.ASYMMETRIC_DECRYPT, version());
        byte[] spki = pairs().publicKey(owner);

        for (int size : new int[] {1, 32, 1_024}) {
            byte[] sealed = sealing.sealTo(spki, DecryptionAlgorithm.SM2, SecretBytes.takeFrom(new byte[size]));
            assertThat(decrypted(owner, DecryptionAlgorithm.SM2, sealed)).isEqualTo(new byte[size]);
        }
        byte[] offTheCurve = spki.clone();
        offTheCurve[spki.length - 1] ^= 1;
        assertNotSealed(offTheCurve, DecryptionAlgorithm.SM2, 16);
        assertNotSealed(Arrays.copyOf(spki, spki.length - 1), DecryptionAlgorithm.SM2, 16);
        assertNotSealed(spki, DecryptionAlgorithm.RSAES_OAEP_SHA_256, 16);
    }

    private void assertNotSealed(byte[] spki, DecryptionAlgorithm algorithm, int size) {
        assertThatThrownBy(() -> sealing().sealTo(spki, algorithm, SecretBytes.takeFrom(new byte[size])))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENCRYPTION_ERROR));
    }

    // ---- tools

    private KeyPairs pairs() {
        Assumptions.assumeTrue(provider instanceof KeyPairs);
        return (KeyPairs) provider;
    }

    private PublicKeySealing sealing() {
        Assumptions.assumeTrue(provider instanceof PublicKeySealing);
        return (PublicKeySealing) provider;
    }

    private List<KeySpec> specs(KeyUsage usage) {
        Stream<String> algorithms = usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY
                ? SIGNATURES.stream().map(SignatureAlgorithm::name)
                : DECRYPTIONS.stream().map(DecryptionAlgorithm::name);
        List<String> names = algorithms.toList();
        return provider.capabilities().stream()
                .filter(capability -> names.contains(capability.algorithm()))
                .map(Capability::spec)
                .distinct()
                .filter(this::isMadeOften)
                .toList();
    }

    /** Makes a pair of the cheapest spec. */
    private KeyHandle anySigningPair() {
        List<KeySpec> specs = specs(KeyUsage.ASYMMETRIC_SIGN_VERIFY);
        KeySpec spec = specs.contains(KeySpec.EC_P256) ? KeySpec.EC_P256 : specs.get(0);
        return pairs().createPair(spec, KeyUsage.ASYMMETRIC_SIGN_VERIFY, version());
    }

    private SignatureAlgorithm algorithm(KeyHandle key) {
        return SIGNATURES.stream()
                .filter(algorithm -> provider.capabilities().contains(Capability.sign(key.spec(), algorithm)))
                .findFirst()
                .orElseThrow();
    }

    private byte[] signature(KeyPairs by, KeyHandle key) {
        return by.sign(key, algorithm(key), digest(algorithm(key)));
    }

    private byte[] signed(KeyHandle key) {
        return algorithm(key).equals(SignatureAlgorithm.SM2DSA) ? digest(algorithm(key)) : MESSAGE;
    }

    private byte[] decrypted(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        try (SecretBytes plaintext = pairs().decryptWithPair(key, algorithm, ciphertext)) {
            return plaintext.copy();
        }
    }

    private static byte[] digest(SignatureAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals(SignatureAlgorithm.ECC_P384_R1) ? "SHA-384" : "SHA-256")
                    .digest(MESSAGE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa(int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyVersionRef version() {
        UUID id = UUID.randomUUID();
        return new KeyVersionRef(new KeyId(id), new KeyVersionId(id.getLeastSignificantBits()));
    }
}
