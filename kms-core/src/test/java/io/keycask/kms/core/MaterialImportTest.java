package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.KmsException;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.spi.IndependentUnwrapping;
import io.keycask.kms.spi.MemoryProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imported material from its parameters to its end, on a device that forgets what is destroyed. */
final class MaterialImportTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] TEXT = "brought along".getBytes(StandardCharsets.UTF_8);
    private static final WrappingAlgorithm OAEP = WrappingAlgorithm.RSAES_OAEP_SHA_256;

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.now());
    private final MemoryProvider.Device device = new MemoryProvider.Device();
    private final byte[] material = material(1);
    private EmbeddedKms kms;
    private SymmetricCmk key;

    @BeforeEach
    void create() {
        kms = builder().build();
        key = kms.createKey(NewKey.named("orders").external());
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private EmbeddedKms.Builder builder() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(new MemoryProvider("device", device))
                .maintenanceInterval(Duration.ZERO)
                .clock(clock)
                .storeWrapper(store -> TestKms.clocked(store, clock));
    }

    private static byte[] material(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        bytes[0] = 42;
        return bytes;
    }

    private static byte[] wrap(ImportParameters parameters, byte[] material) throws GeneralSecurityException {
        return IndependentUnwrapping.wrap(publicKey(parameters), parameters.algorithm(), material);
    }

    private static RSAPublicKey publicKey(ImportParameters parameters) throws GeneralSecurityException {
        return (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(parameters.publicKey()));
    }

    private ImportParameters importNow(byte[] bytes) throws GeneralSecurityException {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        key.materialImport().importMaterial(wrap(parameters, bytes), parameters.token());
        return parameters;
    }

    private void importUntil(Instant validTo) throws GeneralSecurityException {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        key.materialImport().importMaterial(wrap(parameters, material), parameters.token(), validTo);
    }

    private static void assertRefused(ErrorCode code, Callable<?> action) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(action::call)
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertRefused(code, () -> {
            action.run();
            return code;
        });
    }

    @Test
    void externalKey_withoutMaterial_waitsAndRefusesEverything() {
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(key.describe().currentVersion()).isEmpty();
        assertThat(key.versions()).isEmpty();
        assertRefused(ErrorCode.CMK_DISABLED, () -> key.encrypt(TEXT, CONTEXT));
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, key::enable);
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, key::disable);
        assertRefused(
                ErrorCode.CMK_STATE_NOT_SUPPORT, () -> key.materialImport().deleteMaterial());
        assertThat(device.size()).isZero();
    }

    @Test
    void import_thenEncrypt_usesTheMaterialThatWasBrought() throws Exception {
        importNow(material);

        assertThat(key.describe().state()).isEqualTo(KeyState.ENABLED);
        assertThat(key.versions()).hasSize(1);
        assertThat(key.versions().get(0).current()).isTrue();
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        assertRefused(ErrorCode.ROTATE_NOT_SUPPORTED, key::rotate);
        assertRefused(ErrorCode.EXTERNAL_CMK_CAN_NOT_ROTATE, () -> key.enableRotation(30));
    }

    @ParameterizedTest
    @EnumSource(
            value = WrappingAlgorithm.class,
            names = {"RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"})
    void import_wrappedByThePlainJdk_isAccepted(WrappingAlgorithm algorithm) throws Exception {
        boolean sha256 = algorithm == OAEP;
        ImportParameters parameters = key.materialImport().parameters(algorithm);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                publicKey(parameters),
                new OAEPParameterSpec(
                        sha256 ? "SHA-256" : "SHA-1",
                        "MGF1",
                        sha256 ? MGF1ParameterSpec.SHA256 : MGF1ParameterSpec.SHA1,
                        PSource.PSpecified.DEFAULT));

        key.materialImport().importMaterial(cipher.doFinal(material), parameters.token());

        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
        assertThat(parameters.publicKeyPem())
                .startsWith("-----BEGIN PUBLIC KEY-----\n")
                .endsWith("\n-----END PUBLIC KEY-----\n");
        assertThat(parameters.validTo())
                .isEqualTo(clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(24)));
    }

    /** The commands of docs/operations-guide.md. */
    @Test
    void import_wrappedByOpenssl_isAccepted() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl here");
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        Files.writeString(folder.resolve("wrapping.pem"), parameters.publicKeyPem());
        Files.write(folder.resolve("material.bin"), material);
        String command = "openssl pkeyutl -encrypt -pubin -inkey wrapping.pem -in material.bin -out wrapped.bin"
                + " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256";
        Process openssl = new ProcessBuilder(command.split(" ", -1))
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(openssl.waitFor()).isZero();

        key.materialImport().importMaterial(Files.readAllBytes(folder.resolve("wrapped.bin")), parameters.token());

        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void deleteMaterial_thenTheSameAgain_makesCiphertextsReadableAgain() throws Exception {
        importNow(material);
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        KeyVersionId version = key.describe().currentVersion().orElseThrow();

        key.materialImport().deleteMaterial();

        assertThat(device.size()).isZero();
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(key.versions()).isEmpty();
        assertRefused(ErrorCode.CMK_DISABLED, () -> key.decrypt(ciphertext, CONTEXT));
        assertRefused(ErrorCode.MATERIAL_NOT_MATCH, () -> importNow(material(2)));
        assertThat(device.size()).isZero();
        importNow(material);
        assertThat(key.describe().currentVersion()).contains(version);
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        assertThat(device.size()).isEqualTo(1);
    }

    @Test
    void import_intoAnEnabledKey_keepsTheMaterialAndSetsTheExpiry() throws Exception {
        importNow(material);
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        Instant validTo = clock.instant().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);

        assertRefused(ErrorCode.MATERIAL_NOT_MATCH, () -> importNow(material(2)));
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        importUntil(validTo);

        assertThat(key.describe().validTo()).contains(validTo);
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        assertThat(device.size()).isEqualTo(1);
        importNow(material);
        assertThat(key.describe().validTo()).isEmpty();
    }

    @Test
    void validTo_reached_refusesEveryUseBeforeMaintenanceAndWipesWithIt() throws Exception {
        importUntil(clock.instant().plus(Duration.ofDays(3)));
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        clock.advance(Duration.ofDays(3).minusMillis(1));
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);

        clock.advance(Duration.ofMillis(1));

        assertThat(device.size()).isEqualTo(1);
        assertRefused(ErrorCode.CMK_DISABLED, () -> key.decrypt(ciphertext, CONTEXT));
        assertRefused(ErrorCode.CMK_DISABLED, () -> key.encrypt(TEXT, CONTEXT));
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, key::enable);
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, () -> key.bindResource("ssm", "s1"));
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(key.describe().currentVersion()).isEmpty();
        assertThat(kms.runMaintenance().expired()).isEqualTo(1);
        assertThat(kms.runMaintenance().expired()).isZero();
        assertThat(device.size()).isZero();
        assertThat(device.wrappingKeys()).isZero();
        importNow(material);
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void validTo_reachedAndImportedAgainBeforeMaintenance_goesOn() throws Exception {
        importUntil(clock.instant().plus(Duration.ofDays(3)));
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        clock.advance(Duration.ofDays(4));

        importNow(material);

        assertThat(kms.runMaintenance().expired()).isZero();
        assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void validTo_reachedWhileDisabledOrPendingDeletion_leadsToPendingImport() throws Exception {
        importUntil(clock.instant().plus(Duration.ofDays(3)));
        key.disable();
        key.scheduleDeletion(20);
        clock.advance(Duration.ofDays(4));

        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_DELETE);
        key.cancelDeletion();
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(kms.runMaintenance().expired()).isEqualTo(1);
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, key::enable);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void validTo_outOfRange_isRefused(long offset) throws Exception {
        Instant latest = Instant.ofEpochSecond(MaterialImport.MAX_VALID_TO_SECONDS);
        Instant validTo = offset == Long.MAX_VALUE
                ? latest.plusMillis(1)
                : clock.instant().plusMillis(offset);

        assertRefused(ErrorCode.INVALID_PARAMETER, () -> {
            importUntil(validTo);
            return validTo;
        });
        importUntil(latest);
        assertThat(key.describe().validTo()).contains(latest);
    }

    @Test
    void token_usedUp_isRefusedAndAFailureWithOaepDoesNotUseItUp() throws Exception {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        byte[] wrapped = wrap(parameters, material);
        byte[] damaged = wrapped.clone();
        damaged[100] ^= 1;

        for (byte[] bad : new byte[][] {damaged, new byte[0], wrap(parameters, new byte[31]), new byte[256]}) {
            assertRefused(
                    ErrorCode.DECRYPT_MATERIAL_ERROR,
                    () -> key.materialImport().importMaterial(bad, parameters.token()));
        }
        key.materialImport().importMaterial(wrapped, parameters.token());
        key.materialImport().deleteMaterial();
        assertRefused(ErrorCode.TOKEN_EXPIRED, () -> key.materialImport().importMaterial(wrapped, parameters.token()));
        assertThat(device.size()).isZero();
    }

    @Test
    void token_after24Hours_isRefusedAndItsKeyPairRemoved() throws Exception {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        byte[] wrapped = wrap(parameters, material);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(kms.runMaintenance().failed()).isZero();
        assertThat(device.wrappingKeys()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));

        assertRefused(ErrorCode.TOKEN_EXPIRED, () -> key.materialImport().importMaterial(wrapped, parameters.token()));
        assertThat(kms.runMaintenance().failed()).isZero();
        assertThat(device.wrappingKeys()).isZero();
        assertRefused(ErrorCode.TOKEN_EXPIRED, () -> key.materialImport().importMaterial(wrapped, parameters.token()));
    }

    @Test
    void token_anyBitFlippedAnyLengthOrOfAnotherKey_isRefused() throws Exception {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        byte[] wrapped = wrap(parameters, material);
        byte[] token = parameters.token();
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] flipped = token.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(
                    ErrorCode.INVALID_PARAMETER, () -> key.materialImport().importMaterial(wrapped, flipped));
        }
        for (int size = 0; size <= token.length + 1; size++) {
            byte[] cut = Arrays.copyOf(token, size);
            if (size != token.length) {
                assertRefused(
                        ErrorCode.INVALID_PARAMETER, () -> key.materialImport().importMaterial(wrapped, cut));
            }
        }
        SymmetricCmk other = kms.createKey(NewKey.named("other").external());
        assertRefused(ErrorCode.INVALID_PARAMETER, () -> other.materialImport().importMaterial(wrapped, token));
        assertRefused(
                ErrorCode.DECRYPT_MATERIAL_ERROR,
                () -> key.materialImport()
                        .importMaterial(
                                wrapped,
                                key.materialImport()
                                        .parameters(WrappingAlgorithm.RSAES_OAEP_SHA_1)
                                        .token()));

        key.materialImport().importMaterial(wrapped, token);
    }

    @Test
    void token_afterARestart_isStillGood() throws Exception {
        ImportParameters parameters = key.materialImport().parameters(OAEP);
        kms.close();
        kms = builder().build();
        key = kms.symmetricKey("orders");

        key.materialImport().importMaterial(wrap(parameters, material), parameters.token());

        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void parameters_moreThanTheLimit_endTheOldest() throws Exception {
        ImportParameters first = key.materialImport().parameters(OAEP);
        clock.advance(Duration.ofSeconds(1));
        ImportParameters second = key.materialImport().parameters(OAEP);
        for (int i = 0; i < MaterialImport.MAX_PARAMETERS - 1; i++) {
            clock.advance(Duration.ofSeconds(1));
            key.materialImport().parameters(OAEP);
        }

        assertRefused(ErrorCode.TOKEN_EXPIRED, () -> {
            key.materialImport().importMaterial(wrap(first, material), first.token());
            return first;
        });
        key.materialImport().importMaterial(wrap(second, material), second.token());
        assertThat(device.wrappingKeys()).isLessThanOrEqualTo(MaterialImport.MAX_PARAMETERS + 1);
    }

    @Test
    void pkcs1_withoutTheOptIn_isRefused() {
        assertRefused(
                ErrorCode.INVALID_PARAMETER, () -> key.materialImport().parameters(WrappingAlgorithm.RSAES_PKCS1_V1_5));
    }

    @Test
    void pkcs1_withTheOptIn_hasOneAttemptWhateverBecomesOfIt() throws Exception {
        kms.close();
        kms = builder().allowPkcs1Import().build();
        key = kms.symmetricKey("orders");
        ImportParameters parameters = key.materialImport().parameters(WrappingAlgorithm.RSAES_PKCS1_V1_5);
        byte[] wrapped = wrap(parameters, material);

        assertRefused(
                ErrorCode.DECRYPT_MATERIAL_ERROR,
                () -> key.materialImport().importMaterial(new byte[256], parameters.token()));
        assertRefused(ErrorCode.TOKEN_EXPIRED, () -> key.materialImport().importMaterial(wrapped, parameters.token()));
        ImportParameters fresh = key.materialImport().parameters(WrappingAlgorithm.RSAES_PKCS1_V1_5);
        key.materialImport().importMaterial(wrap(fresh, material), fresh.token());
        assertThat(key.decrypt(key.encrypt(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void keyOfKms_isNoExternalKey() {
        SymmetricCmk own = kms.createKey(NewKey.named("own"));

        assertRefused(ErrorCode.NOT_EXTERNAL_CMK, () -> own.materialImport().parameters(OAEP));
        assertRefused(
                ErrorCode.NOT_EXTERNAL_CMK, () -> own.materialImport().importMaterial(new byte[256], new byte[74]));
        assertRefused(ErrorCode.NOT_EXTERNAL_CMK, () -> own.materialImport().deleteMaterial());
    }

    @Test
    void import_intoADisabledOrArchivedKey_isRefused() throws Exception {
        importNow(material);
        key.archive();
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, () -> importNow(material));
        assertRefused(
                ErrorCode.CMK_STATE_NOT_SUPPORT, () -> key.materialImport().deleteMaterial());
        key.cancelArchive();
        key.disable();
        assertRefused(ErrorCode.CMK_STATE_NOT_SUPPORT, () -> importNow(material));
        key.materialImport().deleteMaterial();
        assertThat(key.describe().state()).isEqualTo(KeyState.PENDING_IMPORT);
    }

    @Test
    void sameMaterial_inTwoKeys_doesNotMakeCiphertextsInterchangeable() throws Exception {
        importNow(material);
        Ciphertext ciphertext = key.encrypt(TEXT, CONTEXT);
        SymmetricCmk other = kms.createKey(NewKey.named("other").external());
        ImportParameters parameters = other.materialImport().parameters(OAEP);
        other.materialImport().importMaterial(wrap(parameters, material), parameters.token());

        assertRefused(ErrorCode.INVALID_CIPHERTEXT, () -> other.decrypt(ciphertext, CONTEXT));
    }

    @Test
    void deletion_ofAnExternalKey_leavesNothingOnTheDevice() throws Exception {
        importNow(material);
        key.materialImport().parameters(OAEP);
        key.disable();
        key.scheduleDeletion(7);
        clock.advance(Duration.ofDays(8));

        assertThat(kms.runMaintenance().deleted()).isEqualTo(1);

        assertThat(device.size()).isZero();
        assertThat(device.wrappingKeys()).isZero();
    }

    @Test
    void specThatCannotBeImported_isRefusedAtCreation() {
        assertRefused(
                ErrorCode.UNSUPPORTED_KEY_USAGE,
                () -> kms.createKey(NewKey.named("sm4").external().spec(KeySpec.SM4)));
    }
}
