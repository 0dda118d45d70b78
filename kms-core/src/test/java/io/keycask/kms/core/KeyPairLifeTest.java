package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyOffer;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.NewKey;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.MemoryProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key pairs over time: reopened, resealed, deleted, listed, recorded, and in a provider that works as an HSM does. */
final class KeyPairLifeTest {
    private static final MessageToSign MESSAGE =
            MessageToSign.raw("attack at dawn".getBytes(StandardCharsets.US_ASCII));
    private static final SignatureAlgorithm ECDSA = SignatureAlgorithm.ECC_P256_R1;
    private static final byte[] OLD_ROOT = new byte[32];

    @TempDir
    Path folder;

    private EmbeddedKms.Builder builder(SoftProvider provider) {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(provider)
                .maintenanceInterval(Duration.ZERO);
    }

    private static RootKey newRoot() {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        return RootKey.of(bytes);
    }

    @Test
    void pairs_surviveReopeningAndAChangeOfTheRootKey() {
        byte[] signature;
        PublicKey publicKey;
        try (EmbeddedKms kms =
                builder(SoftProvider.sealedBy(RootKey.of(OLD_ROOT))).build()) {
            SigningCmk key = kms.createKey(NewKey.signing("sign", KeySpec.EC_P256));
            kms.createKey(NewKey.signing("sm2", KeySpec.SM2));
            signature = key.sign(ECDSA, MESSAGE);
            publicKey = key.publicKey();
        }
        try (EmbeddedKms kms = builder(SoftProvider.sealedBy(newRoot()).previously(RootKey.of(OLD_ROOT)))
                .build()) {
            assertThat(kms.changeRootKey()).isEqualTo(3);
        }
        try (EmbeddedKms kms = builder(SoftProvider.sealedBy(newRoot())).build()) {
            SigningCmk key = kms.signingKey("sign");
            assertThat(key.publicKey()).isEqualTo(publicKey);
            assertThat(key.verify(ECDSA, MESSAGE, signature)).isTrue();
            assertThat(key.verify(ECDSA, MESSAGE, key.sign(ECDSA, MESSAGE))).isTrue();
            SigningCmk sm2 = kms.signingKey("sm2");
            assertThat(sm2.verify(SignatureAlgorithm.SM2DSA, MESSAGE, sm2.sign(SignatureAlgorithm.SM2DSA, MESSAGE)))
                    .isTrue();
            kms.createKey(NewKey.decryption("sm2-decrypt", KeySpec.SM2));
            assertThat(kms.check().problems()).isEmpty();
            assertThat(kms.check().versions()).isEqualTo(3);
        }
    }

    @Test
    void delete_ofAPair_endsEveryUseOfIt() {
        MutableClock clock = new MutableClock();
        try (EmbeddedKms kms = TestKms.open(folder, clock)) {
            SigningCmk key = kms.createKey(NewKey.signing("sign", KeySpec.EC_P256));
            byte[] signature = key.sign(ECDSA, MESSAGE);
            key.disable();
            key.scheduleDeletion(7);
            clock.advance(Duration.ofDays(8));

            assertThat(kms.runMaintenance().deleted()).isEqualTo(1);

            assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(key::publicKey);
            assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> key.sign(ECDSA, MESSAGE));
            assertThatExceptionOfType(KeyNotFoundException.class)
                    .isThrownBy(() -> key.verify(ECDSA, MESSAGE, signature));
        }
    }

    @Test
    void listKeys_byUsage_findsPairs() {
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            kms.createKey(NewKey.signing("sign", KeySpec.EC_P256));
            kms.createKey(NewKey.decryption("decrypt", KeySpec.SM2));
            kms.createKey(NewKey.named("aes"));

            KeyMetadata found = kms.listKeys(KeyQuery.all().usage(KeyUsage.ASYMMETRIC_SIGN_VERIFY))
                    .items()
                    .get(0);

            assertThat(found.alias()).isEqualTo("sign");
            assertThat(found.usage().documentedName(found.spec())).isEqualTo("ASYMMETRIC_SIGN_VERIFY_ECC");
            assertThat(kms.countKeys(KeyQuery.all().usage(KeyUsage.ASYMMETRIC_DECRYPT)))
                    .isEqualTo(1);
            assertThat(kms.countKeys(KeyQuery.all())).isEqualTo(3);
        }
    }

    @Test
    void service_saysRegionOffersAndHealth() {
        try (EmbeddedKms kms = TestKms.builder(folder).region("eu-1").build()) {
            kms.createKey(NewKey.named("aes"));

            assertThat(kms.regions()).containsExactly("eu-1");
            assertThat(kms.serviceStatus().isEnabled()).isTrue();
            assertThat(kms.serviceStatus().keyCount()).isEqualTo(1);
            assertThat(kms.serviceStatus().providers())
                    .singleElement()
                    .satisfies(provider -> assertThat(provider.name()).isEqualTo("soft"));
            assertThat(kms.algorithms())
                    .hasSize(2 + 4 + 3 + 6)
                    .contains(
                            new KeyOffer(KeyUsage.ENCRYPT_DECRYPT, KeySpec.SM4, List.of("SM4_GCM_HKDF_SM3")),
                            new KeyOffer(KeyUsage.ASYMMETRIC_DECRYPT, KeySpec.SM2, List.of("SM2")),
                            new KeyOffer(
                                    KeyUsage.ASYMMETRIC_DECRYPT_PKCS1,
                                    KeySpec.RSA_2048,
                                    List.of("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "RSAES_PKCS1_V1_5")),
                            new KeyOffer(
                                    KeyUsage.ASYMMETRIC_SIGN_VERIFY,
                                    KeySpec.RSA_4096,
                                    List.of("RSA_PKCS1_SHA_256", "RSA_PSS_SHA_256")));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKms.builder().region("Not a region"));
    }

    @Test
    void audit_saysAlgorithmsAndSizes_andNothingOfTheContent() {
        AtomicReference<Store> store = new AtomicReference<>();
        List<AuditEvent> events = new ArrayList<>();
        byte[] secret = "s3cr3t plaintext".getBytes(StandardCharsets.US_ASCII);
        try (EmbeddedKms kms = TestKms.builder(folder)
                .strictAudit()
                .storeWrapper(opened -> {
                    store.set(opened);
                    return opened;
                })
                .build()) {
            SigningCmk sign = kms.createKey(NewKey.signing("sign", KeySpec.EC_P256));
            DecryptionCmk decrypt = kms.createKey(NewKey.decryption("decrypt", KeySpec.SM2));
            byte[] signature = sign.sign(ECDSA, MessageToSign.raw(secret));
            sign.verify(ECDSA, MessageToSign.raw(secret), signature);
            sign.verify(ECDSA, MESSAGE, signature);
            byte[] sealed = kms.createKey(NewKey.named("aes"))
                    .generateDataKeyTo(
                            decrypt.publicKey(),
                            DecryptionAlgorithm.SM2,
                            DataKeySpec.AES_256,
                            EncryptionContext.empty())
                    .sealed();
            decrypt.decrypt(DecryptionAlgorithm.SM2, sealed);
            assertThatExceptionOfType(DecryptionException.class)
                    .isThrownBy(() -> decrypt.decrypt(DecryptionAlgorithm.SM2, secret));
            kms.regions();
            kms.algorithms();
            kms.serviceStatus();
            store.get().readAudit(entry -> events.add(entry.event()));
        }

        assertThat(events)
                .extracting(event -> event.name() + " " + event.code() + " " + new TreeMap<>(event.details()))
                .containsExactly(
                        "CreateKey  {spec=EC_P256, usage=ASYMMETRIC_SIGN_VERIFY}",
                        "CreateKey  {spec=SM2, usage=ASYMMETRIC_DECRYPT}",
                        "SignByAsymmetricKey  {algorithm=ECC_P256_R1, messageBytes=16, messageType=RAW}",
                        "VerifyByAsymmetricKey  {algorithm=ECC_P256_R1, messageBytes=16, messageType=RAW, "
                                + "signatureBytes=" + signatureBytes(events, 3) + ", signatureValid=true}",
                        "VerifyByAsymmetricKey  {algorithm=ECC_P256_R1, messageBytes=14, messageType=RAW, "
                                + "signatureBytes=" + signatureBytes(events, 4) + ", signatureValid=false}",
                        "CreateKey  {spec=AES_256, usage=ENCRYPT_DECRYPT}",
                        "GetPublicKey  {}",
                        "GenerateDataKey  {dataKeyBytes=32, encryptionAlgorithm=SM2, keyVersion="
                                + events.get(7).details().get("keyVersion") + "}",
                        "AsymmetricSm2Decrypt  {algorithm=SM2, ciphertextBytes="
                                + events.get(8).details().get("ciphertextBytes") + ", plaintextBytes=32}",
                        "AsymmetricSm2Decrypt FailedOperation.DecryptError {algorithm=SM2, ciphertextBytes=16}",
                        "GetRegions  {}",
                        "ListAlgorithms  {}",
                        "GetServiceStatus  {}");
        assertThat(events.toString()).doesNotContain("s3cr3t");
    }

    private static String signatureBytes(List<AuditEvent> events, int index) {
        return events.get(index).details().getOrDefault("signatureBytes", "none");
    }

    private static void lose(MemoryProvider.Device device, KeyMetadata key) {
        KeyVersionRef version = new KeyVersionRef(key.id(), key.currentVersion().orElseThrow());
        new MemoryProvider("hsm", device).destroy(KeyHandle.of(key.spec(), version, new byte[0]));
    }

    @Test
    void providerThatWorksAsAnHsm_signsAndDecrypts_andOffersLess() throws Exception {
        MemoryProvider.Device device = new MemoryProvider.Device();
        try (EmbeddedKms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(new MemoryProvider("hsm", device))
                .maintenanceInterval(Duration.ZERO)
                .build()) {
            SigningCmk sign = kms.createKey(NewKey.signing("sign", KeySpec.RSA_2048));
            DecryptionCmk decrypt = kms.createKey(NewKey.decryption("decrypt", KeySpec.RSA_2048));
            SignatureAlgorithm pkcs1 = SignatureAlgorithm.RSA_PKCS1_SHA_256;
            DecryptionAlgorithm oaep = DecryptionAlgorithm.RSAES_OAEP_SHA_1;
            byte[] ciphertext = ForeignPairs.encrypt(oaep, decrypt.publicKey(), new byte[20]);

            assertThat(sign.verify(pkcs1, MESSAGE, sign.sign(pkcs1, MESSAGE))).isTrue();
            assertThat(decrypt.decrypt(oaep, ciphertext)).isEqualTo(new byte[20]);
            assertThat(device.size()).isEqualTo(2);
            assertThatExceptionOfType(KeyUsageException.class)
                    .isThrownBy(() -> sign.sign(SignatureAlgorithm.RSA_PSS_SHA_256, MESSAGE));
            assertThatExceptionOfType(KeyUsageException.class)
                    .isThrownBy(() -> decrypt.decrypt(DecryptionAlgorithm.RSAES_OAEP_SHA_256, ciphertext));
            assertThatExceptionOfType(KeyUsageException.class)
                    .isThrownBy(() -> kms.createKey(NewKey.signing("none", KeySpec.SM2)));
            assertThatExceptionOfType(KeyUsageException.class)
                    .isThrownBy(() -> kms.createKey(NewKey.named("aes"))
                            .generateDataKeyTo(
                                    decrypt.publicKey(), oaep, DataKeySpec.AES_256, EncryptionContext.empty()));
            assertThat(kms.check().problems()).isEmpty();
            lose(device, decrypt.describe());
            assertThat(kms.check().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).isEqualTo(decrypt.id()));
        }
    }
}
