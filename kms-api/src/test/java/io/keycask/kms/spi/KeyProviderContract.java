package io.keycask.kms.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.KmsException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.WrappingAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyProvider} has to do. A provider's module extends it once for each way to set the provider up.
 *
 * <p>What is tested follows from what the provider declares: each test runs for all its capabilities, and a test of
 * something that it does not offer is skipped.
 */
public abstract class KeyProviderContract extends KeyPairsContract {
    /** A contract test. */
    protected KeyProviderContract() {}

    private static final byte[] AAD = "tenant=t1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLAINTEXT = "the quick brown fox".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = new byte[0];
    private static final KeySpec NO_SUCH_SPEC = KeySpec.of("NO_SUCH_SPEC");
    private static final int THREADS = 16;

    // ---- what it says about itself

    @Test
    void name_isLowerCaseAndStable() throws Exception {
        String name = provider.name();

        assertThat(name).matches("[a-z0-9-]{1,32}");
        assertThat(remember(reopen()).name()).isEqualTo(name);
    }

    @Test
    void capabilities_areTheSameAtEveryCall() {
        Set<Capability> first = provider.capabilities();

        assertThat(first).isNotEmpty().isEqualTo(provider.capabilities());
        assertThatThrownBy(() -> first.add(new Capability(NO_SUCH_SPEC, "NONE")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void health_ofAWorkingProvider_isUp() {
        assertThat(provider.health().isUp()).isTrue();
    }

    // ---- what it does not declare

    @Test
    void create_undeclaredSpec_isRefused() {
        assertThatThrownBy(() -> provider.create(NO_SUCH_SPEC, version())).isInstanceOf(KeyUsageException.class);
    }

    @Test
    void everyCallOnAKey_undeclaredSpec_isRefused() {
        KeyHandle key = KeyHandle.of(NO_SUCH_SPEC, version(), new byte[64]);
        Sealed sealed = Sealed.of(CiphertextSuite.AES_256_GCM, new byte[12], new byte[32]);

        assertThatThrownBy(() -> provider.encrypt(key, PLAINTEXT, AAD)).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> provider.decrypt(key, sealed, AAD)).isInstanceOf(KeyUsageException.class);
        assertThatThrownBy(() -> provider.destroy(key)).isInstanceOf(KeyUsageException.class);
    }

    @Test
    void importKey_undeclaredSpec_isRefused() {
        Set<KeySpec> importable = new HashSet<>(importableSpecs());
        Stream.concat(Stream.of(NO_SUCH_SPEC), specs())
                .filter(spec -> !importable.contains(spec))
                .forEach(spec -> assertThatThrownBy(
                                () -> provider.importKey(spec, version(), SecretBytes.takeFrom(new byte[32])))
                        .isInstanceOf(KeyUsageException.class));
    }

    @Test
    void decrypt_suiteThatTheKeyDoesNotHave_isADecryptionFailure() {
        specs().forEach(spec -> {
            KeyHandle key = provider.create(spec, version());
            for (CiphertextSuite suite : CiphertextSuite.values()) {
                if (!provider.capabilities().contains(Capability.encrypt(spec, suite))) {
                    Sealed foreign = Sealed.of(suite, new byte[suite.nonceBytes()], new byte[40]);
                    assertNotDecrypted(key, foreign, AAD);
                }
            }
        });
    }

    // ---- round trips

    @Test
    void decrypt_whatWasEncrypted_returnsIt() {
        specs().forEach(spec -> {
            KeyHandle key = provider.create(spec, version());
            for (int size : new int[] {0, 1, 15, 16, 17, 32, 1_000, 4_095, KeyProvider.MAX_PLAINTEXT_BYTES}) {
                byte[] plaintext = patterned(size);

                Sealed sealed = provider.encrypt(key, plaintext, AAD);

                assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(plaintext);
                assertThat(sealed.ciphertextAndTag())
                        .hasSize(size + sealed.suite().tagBytes());
            }
        });
    }

    @Test
    void encrypt_usesADeclaredSuite() {
        specs().forEach(spec -> {
            Sealed sealed = provider.encrypt(provider.create(spec, version()), PLAINTEXT, AAD);

            assertThat(provider.capabilities()).contains(Capability.encrypt(spec, sealed.suite()));
        });
    }

    @Test
    void arguments_areNeitherChangedNorKept() {
        for (KeyHandle key : keyOfEachSpec()) {
            byte[] plaintext = PLAINTEXT.clone();
            byte[] aad = AAD.clone();
            Sealed sealed = provider.encrypt(key, plaintext, aad);

            assertThat(plaintext).isEqualTo(PLAINTEXT);
            assertThat(aad).isEqualTo(AAD);
            Arrays.fill(plaintext, (byte) 0);
            Arrays.fill(aad, (byte) 0);
            assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void decrypt_emptyAad_isAnAadLikeAnyOther() {
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, PLAINTEXT, NONE);

            assertThat(decrypted(provider, key, sealed, NONE)).isEqualTo(PLAINTEXT);
            assertNotDecrypted(key, sealed, AAD);
            assertNotDecrypted(key, provider.encrypt(key, PLAINTEXT, AAD), NONE);
        }
    }

    @Test
    void decrypt_longAad_works() {
        for (KeyHandle key : keyOfEachSpec()) {
            byte[] aad = patterned(9_000);

            Sealed sealed = provider.encrypt(key, PLAINTEXT, aad);

            assertThat(decrypted(provider, key, sealed, aad)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void decrypt_returnsASecretOfItsOwnAtEveryCall() {
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);

            provider.decrypt(key, sealed, AAD).close();

            assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void encrypt_overTheLimit_isRefused() {
        for (KeyHandle key : keyOfEachSpec()) {
            assertThatThrownBy(() -> provider.encrypt(key, new byte[KeyProvider.MAX_PLAINTEXT_BYTES + 1], AAD))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void decrypt_overTheLimit_isADecryptionFailure() {
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, new byte[KeyProvider.MAX_PLAINTEXT_BYTES], AAD);
            byte[] longer = Arrays.copyOf(sealed.ciphertextAndTag(), sealed.ciphertextAndTag().length + 1);

            assertNotDecrypted(key, Sealed.of(sealed.suite(), sealed.nonce(), longer), AAD);
        }
    }

    // ---- damage

    @Test
    void decrypt_anyBitFlipped_isADecryptionFailure() {
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
            byte[] nonce = sealed.nonce();
            byte[] ciphertext = sealed.ciphertextAndTag();

            for (int bit = 0; bit < 8 * nonce.length; bit++) {
                assertNotDecrypted(key, Sealed.of(sealed.suite(), flipped(nonce, bit), ciphertext), AAD);
            }
            for (int bit = 0; bit < 8 * ciphertext.length; bit++) {
                assertNotDecrypted(key, Sealed.of(sealed.suite(), nonce, flipped(ciphertext, bit)), AAD);
            }
            for (int bit = 0; bit < 8 * AAD.length; bit++) {
                assertNotDecrypted(key, sealed, flipped(AAD, bit));
            }
        }
    }

    @Test
    void decrypt_anyOtherLength_isADecryptionFailure() {
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
            byte[] ciphertext = sealed.ciphertextAndTag();

            for (int length = sealed.suite().tagBytes(); length < ciphertext.length + 17; length++) {
                if (length != ciphertext.length) {
                    byte[] cut = Arrays.copyOf(ciphertext, length);
                    assertNotDecrypted(key, Sealed.of(sealed.suite(), sealed.nonce(), cut), AAD);
                }
            }
        }
    }

    @Test
    void decrypt_underAnotherKeyOrVersion_isADecryptionFailure() {
        specs().forEach(spec -> {
            KeyVersionRef first = version();
            KeyVersionRef second = new KeyVersionRef(first.keyId(), new KeyVersionId(7));
            Sealed sealed = provider.encrypt(provider.create(spec, first), PLAINTEXT, AAD);

            assertNotDecrypted(provider.create(spec, second), sealed, AAD);
            assertNotDecrypted(provider.create(spec, version()), sealed, AAD);
        });
    }

    @Test
    void encrypt_tokenThatIsNone_isAProviderFailure() {
        specs().forEach(spec -> {
            for (byte[] token : List.of(NONE, new byte[1], new byte[200])) {
                KeyHandle key = KeyHandle.of(spec, version(), token);
                assertThatThrownBy(() -> provider.encrypt(key, PLAINTEXT, AAD)).isInstanceOf(ProviderException.class);
            }
        });
    }

    // ---- nonces and keys

    @Test
    void encrypt_manyTimes_neverRepeatsANonce() {
        for (KeyHandle key : keyOfEachSpec()) {
            Set<String> nonces = new HashSet<>();
            Set<String> ciphertexts = new HashSet<>();

            for (int i = 0; i < calls(); i++) {
                Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
                assertThat(nonces.add(hex(sealed.nonce()))).isTrue();
                assertThat(ciphertexts.add(hex(sealed.ciphertextAndTag()))).isTrue();
            }
        }
    }

    /** Returns how often the test of nonces encrypts; fewer for a slow device. */
    protected int calls() {
        return 5_000;
    }

    @Test
    void create_returnsAHandleOfWhatWasAskedFor() {
        specs().forEach(spec -> {
            KeyVersionRef version = version();

            KeyHandle key = provider.create(spec, version);

            assertThat(key.spec()).isEqualTo(spec);
            assertThat(key.version()).isEqualTo(version);
        });
    }

    @Test
    void create_twiceForOneId_bothHandlesWorkAndTheFirstStays() {
        specs().forEach(spec -> {
            KeyVersionRef version = version();
            KeyHandle first = provider.create(spec, version);
            Sealed sealed = provider.encrypt(first, PLAINTEXT, AAD);

            KeyHandle second = provider.create(spec, version);

            assertThat(decrypted(provider, first, sealed, AAD)).isEqualTo(PLAINTEXT);
            assertThat(decrypted(provider, second, provider.encrypt(second, PLAINTEXT, AAD), AAD))
                    .isEqualTo(PLAINTEXT);
        });
    }

    @Test
    void destroy_isIdempotent() {
        specs().forEach(spec -> {
            KeyHandle key = provider.create(spec, version());
            KeyHandle other = provider.create(spec, version());
            provider.encrypt(key, PLAINTEXT, AAD);

            provider.destroy(key);
            provider.destroy(key);

            assertThat(decrypted(provider, other, provider.encrypt(other, PLAINTEXT, AAD), AAD))
                    .isEqualTo(PLAINTEXT);
        });
    }

    @Test
    void destroy_handleThatWasNeverCompleted_isNoFault() {
        specs().forEach(spec -> assertThatCode(() -> provider.destroy(KeyHandle.of(spec, version(), NONE)))
                .doesNotThrowAnyException());
    }

    @Test
    void handles_surviveAReopening() throws Exception {
        KeyHandle key = anyKey();
        Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
        provider.close();

        KeyProvider again = remember(reopen());
        KeyHandle stored = KeyHandle.of(key.spec(), key.version(), key.token());

        assertThat(decrypted(again, stored, sealed, AAD)).isEqualTo(PLAINTEXT);
    }

    @Test
    void handles_workInSeveralProvidersAtOnce() throws Exception {
        for (KeyHandle key : keyOfEachSpec()) {
            KeyProvider other = remember(reopen());

            assertThat(decrypted(other, key, provider.encrypt(key, PLAINTEXT, AAD), AAD))
                    .isEqualTo(PLAINTEXT);
            assertThat(decrypted(provider, key, other.encrypt(key, PLAINTEXT, AAD), AAD))
                    .isEqualTo(PLAINTEXT);
        }
    }

    // ---- import

    @Test
    void importKey_agreesWithAnIndependentComputation() throws Exception {
        for (KeySpec spec : importableSpecs()) {
            byte[] material = patterned(materialBytes(spec));

            KeyHandle key = provider.importKey(spec, version(), SecretBytes.copyOf(material));

            Sealed ours = provider.encrypt(key, PLAINTEXT, AAD);
            assertThat(IndependentCipher.open(material, ours, AAD)).isEqualTo(PLAINTEXT);
            byte[] nonce = patterned(ours.suite().nonceBytes());
            Sealed theirs = IndependentCipher.seal(ours.suite(), material, nonce, AAD, PLAINTEXT);
            assertThat(decrypted(provider, key, theirs, AAD)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void importKey_leavesTheMaterialToTheCaller() {
        for (KeySpec spec : importableSpecs()) {
            byte[] bytes = patterned(materialBytes(spec));
            SecretBytes material = SecretBytes.copyOf(bytes);

            KeyHandle key = provider.importKey(spec, version(), material);

            assertThat(material.copy()).isEqualTo(bytes);
            material.close();
            Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
            assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void importKey_materialOfAnotherLength_isRefused() {
        for (KeySpec spec : importableSpecs()) {
            for (int size : new int[] {0, 15, 16, 17, 24, 31, 32, 33, 64}) {
                if (size != materialBytes(spec)) {
                    SecretBytes material = SecretBytes.takeFrom(new byte[size]);
                    assertThatThrownBy(() -> provider.importKey(spec, version(), material))
                            .isInstanceOf(InvalidRequestException.class);
                }
            }
        }
    }

    // ---- import of wrapped material

    private static final byte[] RECOGNITION_KEY = patterned(KeyImporting.RECOGNITION_KEY_BYTES);

    @Test
    void importWrapped_whateverTheAlgorithm_takesInTheMaterial() throws Exception {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            assertThat(pair.publicKey().getModulus().bitLength()).isEqualTo(2_048);
            for (KeySpec spec : importableSpecs()) {
                byte[] material = patterned(materialBytes(spec));
                for (WrappingAlgorithm algorithm : WrappingAlgorithm.values()) {
                    KeyHandle key =
                            imported(importing, spec, pair, algorithm, material).handle();

                    Sealed ours = provider.encrypt(key, PLAINTEXT, AAD);
                    assertThat(IndependentCipher.open(material, ours, AAD)).isEqualTo(PLAINTEXT);
                }
            }
        }
    }

    @Test
    void importWrapped_inAnotherProcess_knowsTheWrappingKey() throws Exception {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            KeyImporting other = (KeyImporting) remember(reopen());
            KeySpec spec = importableSpecs().get(0);
            byte[] material = patterned(materialBytes(spec));

            ImportedKey there = imported(other, spec, pair, WrappingAlgorithm.RSAES_OAEP_SHA_256, material);

            assertThat(there.recognition())
                    .isEqualTo(imported(importing, spec, pair, WrappingAlgorithm.RSAES_OAEP_SHA_1, material)
                            .recognition());
        }
    }

    @Test
    void importWrapped_recognitionDependsOnMaterialAndKey() {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            for (KeySpec spec : importableSpecs()) {
                byte[] material = patterned(materialBytes(spec));
                Set<String> seen = new HashSet<>();
                seen.add(hex(imported(importing, spec, pair, WrappingAlgorithm.RSAES_OAEP_SHA_256, material)
                        .recognition()));
                for (int bit = 0; bit < material.length * 8; bit += 31) {
                    byte[] other = flipped(material, bit);
                    assertThat(seen.add(hex(imported(importing, spec, pair, WrappingAlgorithm.RSAES_OAEP_SHA_256, other)
                                    .recognition())))
                            .isTrue();
                }
                byte[] wrapped =
                        IndependentUnwrapping.wrap(pair.publicKey(), WrappingAlgorithm.RSAES_OAEP_SHA_256, material);
                ImportedKey underAnotherKey = importing.importWrapped(
                        spec,
                        version(),
                        WrappedMaterial.of(pair.handle(), WrappingAlgorithm.RSAES_OAEP_SHA_256, wrapped),
                        SecretBytes.copyOf(flipped(RECOGNITION_KEY, 0)));
                assertThat(seen.add(hex(underAnotherKey.recognition()))).isTrue();
            }
        }
    }

    @Test
    void importWrapped_damagedOrOfAnotherLength_isRefusedWithOneMessage() {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            KeySpec spec = importableSpecs().get(0);
            Set<String> messages = new HashSet<>();
            for (WrappingAlgorithm algorithm : WrappingAlgorithm.values()) {
                byte[] wrapped =
                        IndependentUnwrapping.wrap(pair.publicKey(), algorithm, patterned(materialBytes(spec)));
                List<byte[]> damaged = new ArrayList<>();
                for (int bit = 0; bit < wrapped.length * 8; bit += 97) {
                    damaged.add(flipped(wrapped, bit));
                }
                damaged.add(NONE);
                damaged.add(Arrays.copyOf(wrapped, wrapped.length - 1));
                damaged.add(Arrays.copyOf(wrapped, wrapped.length + 1));
                damaged.add(Arrays.copyOf(wrapped, 100_000));
                for (int size : new int[] {0, 1, 15, 17, 24, 31, 33, 64}) {
                    damaged.add(IndependentUnwrapping.wrap(pair.publicKey(), algorithm, patterned(size)));
                }
                for (byte[] bytes : damaged) {
                    assertThatThrownBy(() -> importing.importWrapped(
                                    spec,
                                    version(),
                                    WrappedMaterial.of(pair.handle(), algorithm, bytes),
                                    SecretBytes.copyOf(RECOGNITION_KEY)))
                            .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                                assertThat(e.code()).isEqualTo(ErrorCode.DECRYPT_MATERIAL_ERROR);
                                assertThat(e.getCause()).isNull();
                                messages.add(e.getMessage());
                            });
                }
            }
            assertThat(messages).hasSize(1);
        }
    }

    @Test
    void importWrapped_underAnotherWrappingKeyOrId_isRefused() {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            KeySpec spec = importableSpecs().get(0);
            byte[] wrapped = IndependentUnwrapping.wrap(
                    pair.publicKey(), WrappingAlgorithm.RSAES_OAEP_SHA_256, patterned(materialBytes(spec)));
            WrappingKeyHandle other =
                    importing.createWrappingKey(UUID.randomUUID()).handle();
            WrappingKeyHandle swapped =
                    WrappingKeyHandle.of(other.id(), pair.handle().token());

            for (WrappingKeyHandle handle : List.of(other, swapped)) {
                assertThatThrownBy(() -> importing.importWrapped(
                                spec,
                                version(),
                                WrappedMaterial.of(handle, WrappingAlgorithm.RSAES_OAEP_SHA_256, wrapped),
                                SecretBytes.copyOf(RECOGNITION_KEY)))
                        .isInstanceOf(KmsException.class);
            }
        }
    }

    @Test
    void destroyWrappingKey_isIdempotent() {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyHandle handle =
                    importing.createWrappingKey(UUID.randomUUID()).handle();

            importing.destroyWrappingKey(handle);

            assertThatCode(() -> importing.destroyWrappingKey(handle)).doesNotThrowAnyException();
        }
    }

    @Test
    void importWrapped_undeclaredSpec_isRefused() {
        if (provider instanceof KeyImporting importing) {
            WrappingKeyPair pair = importing.createWrappingKey(UUID.randomUUID());
            WrappedMaterial wrapped = WrappedMaterial.of(
                    pair.handle(),
                    WrappingAlgorithm.RSAES_OAEP_SHA_256,
                    IndependentUnwrapping.wrap(pair.publicKey(), WrappingAlgorithm.RSAES_OAEP_SHA_256, patterned(32)));

            assertThatThrownBy(() -> importing.importWrapped(
                            NO_SUCH_SPEC, version(), wrapped, SecretBytes.copyOf(RECOGNITION_KEY)))
                    .isInstanceOf(KeyUsageException.class);
        }
    }

    private static ImportedKey imported(
            KeyImporting importing, KeySpec spec, WrappingKeyPair pair, WrappingAlgorithm algorithm, byte[] material) {
        byte[] wrapped = IndependentUnwrapping.wrap(pair.publicKey(), algorithm, material);
        return importing.importWrapped(
                spec,
                version(),
                WrappedMaterial.of(pair.handle(), algorithm, wrapped),
                SecretBytes.copyOf(RECOGNITION_KEY));
    }

    private static int materialBytes(KeySpec spec) {
        return spec.equals(KeySpec.SM4) ? 16 : 32;
    }

    // ---- random

    @Test
    void random_returnsDifferentBytesOfTheLengthAskedFor() {
        for (int size : new int[] {1, 16, 32, KeyProvider.MAX_RANDOM_BYTES}) {
            try (SecretBytes bytes = provider.random(size)) {
                assertThat(bytes.size()).isEqualTo(size);
            }
        }
        assertThat(provider.random(32).copy()).isNotEqualTo(provider.random(32).copy());
    }

    @Test
    void random_outsideOfTheLimits_isRefused() {
        for (int size : new int[] {Integer.MIN_VALUE, -1, 0, KeyProvider.MAX_RANDOM_BYTES + 1}) {
            assertThatThrownBy(() -> provider.random(size)).isInstanceOf(InvalidRequestException.class);
        }
    }

    // ---- state

    @Test
    void unsealState_whatWasSealed_returnsItAlsoAfterAReopening() throws Exception {
        for (int size : new int[] {0, 1, 32, KeyProvider.MAX_STATE_BYTES}) {
            byte[] sealed = provider.sealState("store-key", SecretBytes.copyOf(patterned(size)));

            assertThat(unsealed(provider, "store-key", sealed)).isEqualTo(patterned(size));
            try (KeyProvider again = reopen()) {
                assertThat(unsealed(again, "store-key", sealed)).isEqualTo(patterned(size));
            }
        }
    }

    @Test
    void unsealState_anotherPurpose_isAProviderFailure() {
        byte[] sealed = provider.sealState("store-key", SecretBytes.copyOf(patterned(32)));

        for (String purpose : List.of("", "store-key2", "store-ke", "STORE-KEY", "store-key\0")) {
            assertNotUnsealed(purpose, sealed);
        }
    }

    @Test
    void unsealState_damaged_isAProviderFailure() {
        byte[] sealed = provider.sealState("store-key", SecretBytes.copyOf(patterned(32)));

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            assertNotUnsealed("store-key", flipped(sealed, bit));
        }
        for (int length = 0; length < sealed.length + 3; length++) {
            if (length != sealed.length) {
                assertNotUnsealed("store-key", Arrays.copyOf(sealed, length));
            }
        }
    }

    @Test
    void unsealState_theTokenOfAKey_isAProviderFailure() {
        assertNotUnsealed("store-key", anyKey().token());
    }

    @Test
    void sealState_overTheLimit_isRefused() {
        SecretBytes secret = SecretBytes.takeFrom(new byte[KeyProvider.MAX_STATE_BYTES + 1]);

        assertThatThrownBy(() -> provider.sealState("store-key", secret)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void sealState_twice_neverGivesTheSameBytes() {
        SecretBytes secret = SecretBytes.copyOf(patterned(32));

        assertThat(provider.sealState("store-key", secret)).isNotEqualTo(provider.sealState("store-key", secret));
    }

    // ---- threads

    @Test
    void encryptAndDecrypt_sixteenThreadsAtOnce_work() throws Exception {
        List<KeyHandle> keys = specs().flatMap(spec ->
                        Stream.generate(() -> provider.create(spec, version())).limit(3))
                .toList();

        inParallel(thread -> {
            for (int i = 0; i < 50; i++) {
                KeyHandle key = keys.get((thread + i) % keys.size());
                byte[] plaintext = patterned(thread + i);
                Sealed sealed = provider.encrypt(key, plaintext, AAD);
                assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(plaintext);
            }
        });
    }

    @Test
    void createAndDestroy_sixteenThreadsAtOnce_work() throws Exception {
        KeySpec spec = specs().findFirst().orElseThrow();
        inParallel(thread -> {
            for (int i = 0; i < 5; i++) {
                KeyHandle key = provider.create(spec, version());
                Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
                assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(PLAINTEXT);
                provider.destroy(key);
            }
        });
    }

    // ---- secrecy

    @Test
    void toStringsAndMessages_holdNoSecret() {
        byte[] secret = "s3cr3t-".repeat(8).getBytes(StandardCharsets.US_ASCII);
        for (KeyHandle key : keyOfEachSpec()) {
            Sealed sealed = provider.encrypt(key, secret, AAD);
            byte[] state = provider.sealState("store-key", SecretBytes.copyOf(secret));
            Sealed altered = Sealed.of(sealed.suite(), sealed.nonce(), flipped(sealed.ciphertextAndTag(), 5));

            List<String> texts = new ArrayList<>(List.of(provider.toString(), key.toString(), sealed.toString()));
            texts.add(provider.decrypt(key, sealed, AAD).toString());
            texts.add(provider.unsealState("store-key", state).toString());
            texts.addAll(messagesOf(() -> provider.decrypt(key, altered, AAD)));
            texts.addAll(messagesOf(() -> provider.unsealState("store-key", flipped(state, 8 * state.length - 1))));
            texts.addAll(messagesOf(() -> provider.unsealState("other", state)));
            texts.addAll(messagesOf(() ->
                    provider.importKey(KeySpec.AES_256, version(), SecretBytes.copyOf(Arrays.copyOf(secret, 31)))));

            String hex = hex(secret).substring(0, 16);
            assertThat(texts)
                    .allSatisfy(text -> assertThat(text.toLowerCase(Locale.ROOT))
                            .doesNotContain("s3cr3t", hex)
                            .doesNotContain(Arrays.toString(secret).substring(1, 20)));
        }
    }

    // ---- the end

    @Test
    void close_isIdempotentAndEveryLaterCallIsAnIllegalState() {
        KeyHandle key = anyKey();
        Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
        byte[] state = provider.sealState("store-key", SecretBytes.copyOf(PLAINTEXT));

        provider.close();
        provider.close();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> provider.create(key.spec(), version()),
                () -> provider.importKey(key.spec(), version(), SecretBytes.copyOf(patterned(32))),
                () -> provider.destroy(key),
                () -> provider.encrypt(key, PLAINTEXT, AAD),
                () -> provider.decrypt(key, sealed, AAD),
                () -> provider.random(16),
                () -> provider.sealState("store-key", SecretBytes.copyOf(PLAINTEXT)),
                () -> provider.unsealState("store-key", state))) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
        }
        assertThat(provider.health().isUp()).isFalse();
        assertThat(provider.name()).isNotEmpty();
        assertThat(provider.capabilities()).isNotEmpty();
    }

    @Test
    void close_whileOthersWork_endsEachCallWithItsResultOrAnIllegalState() throws Exception {
        KeyHandle key = anyKey();
        inParallel(thread -> {
            if (thread == 0) {
                provider.close();
                return;
            }
            try {
                for (int i = 0; i < 200; i++) {
                    Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);
                    assertThat(decrypted(provider, key, sealed, AAD)).isEqualTo(PLAINTEXT);
                }
            } catch (IllegalStateException closed) {
                // the other possible end
            }
        });
    }

    // ---- tools

    private Stream<KeySpec> specs() {
        return provider.capabilities().stream()
                .filter(capability -> suite(capability).isPresent())
                .map(Capability::spec)
                .distinct();
    }

    private List<KeySpec> importableSpecs() {
        return provider.capabilities().stream()
                .filter(capability -> capability.algorithm().equals(Capability.IMPORT))
                .map(Capability::spec)
                .toList();
    }

    private static Optional<CiphertextSuite> suite(Capability capability) {
        return Arrays.stream(CiphertextSuite.values())
                .filter(suite -> suite.name().equals(capability.algorithm()))
                .findFirst();
    }

    private List<KeyHandle> keyOfEachSpec() {
        return specs().map(spec -> provider.create(spec, version())).toList();
    }

    private KeyHandle anyKey() {
        return provider.create(specs().findFirst().orElseThrow(), version());
    }

    private static KeyVersionRef version() {
        UUID id = UUID.randomUUID();
        return new KeyVersionRef(new KeyId(id), new KeyVersionId(id.getLeastSignificantBits()));
    }

    private static byte[] decrypted(KeyProvider by, KeyHandle key, Sealed sealed, byte[] aad) {
        try (SecretBytes plaintext = by.decrypt(key, sealed, aad)) {
            return plaintext.copy();
        }
    }

    private static byte[] unsealed(KeyProvider by, String purpose, byte[] sealed) {
        try (SecretBytes secret = by.unsealState(purpose, sealed)) {
            return secret.copy();
        }
    }

    private void assertNotDecrypted(KeyHandle key, Sealed sealed, byte[] aad) {
        assertThatThrownBy(() -> provider.decrypt(key, sealed, aad)).isInstanceOf(DecryptionException.class);
    }

    private void assertNotUnsealed(String purpose, byte[] sealed) {
        assertThatThrownBy(() -> provider.unsealState(purpose, sealed))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.isRetryable()).isFalse());
    }

    private static List<String> messagesOf(ThrowingCallable call) {
        List<String> messages = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOf(KmsException.class).satisfies(thrown -> {
            for (Throwable t = thrown; t != null; t = t.getCause()) {
                messages.add(t.toString());
            }
        });
        return messages;
    }

    private static byte[] patterned(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (31 * i + 7);
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** What one thread does. */
    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> {
                    start.await();
                    work.run(thread);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
