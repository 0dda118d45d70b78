package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.NewKey;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SM4 keys as a caller sees them, beside an AES key in the same store. */
final class Sm4KeysTest {
    private static final byte[] TEXT = "four little words here".getBytes(StandardCharsets.UTF_8);
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    @TempDir
    Path folder;

    private EmbeddedKms kms;
    private SymmetricCmk sm4;
    private SymmetricCmk aes;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder).defaultKeySpec(KeySpec.SM4).build();
        sm4 = kms.createKeyIfAbsent(NewKey.named("sm4"));
        aes = kms.createKeyIfAbsent(NewKey.named("aes").spec(KeySpec.AES_256));
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void defaultKeySpec_isThatOfKeysWhoseRequestNamesNone() {
        assertThat(sm4.spec()).isEqualTo(KeySpec.SM4).isEqualTo(sm4.describe().spec());
        assertThat(aes.spec()).isEqualTo(KeySpec.AES_256);
    }

    @Test
    void createKeyIfAbsent_specThatTheKeyDoesNotHave_isRefusedOnlyIfNamed() {
        assertThat(kms.createKeyIfAbsent(NewKey.named("aes")).spec()).isEqualTo(KeySpec.AES_256);
        assertThatExceptionOfType(KeyUsageException.class)
                .isThrownBy(() -> kms.createKeyIfAbsent(NewKey.named("aes").spec(KeySpec.SM4)));
    }

    @Test
    void encrypt_isSuite3AndOpensAfterRotationAndReopening() {
        Ciphertext ciphertext = sm4.encrypt(TEXT, CONTEXT);
        sm4.rotate();
        close();
        open();

        assertThat(ciphertext.toBytes()).startsWith(1, 3);
        assertThat(ciphertext.size() - TEXT.length).isEqualTo(66);
        assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
    }

    /** BLOB-8. */
    @Test
    void decrypt_suiteOfTheOtherSpec_isRejected() {
        for (SymmetricCmk key : new SymmetricCmk[] {sm4, aes}) {
            byte[] bytes = key.encrypt(TEXT, CONTEXT).toBytes();
            bytes[1] = (byte) (4 - bytes[1]); // suite 1 and suite 3 have the same lengths

            assertThatExceptionOfType(DecryptionException.class)
                    .isThrownBy(() -> kms.decrypt(Ciphertext.copyOf(bytes), CONTEXT));
        }
    }

    @Test
    void reEncrypt_betweenTheSpecs_keepsThePlaintext() {
        ReEncrypted toSm4 = sm4.reEncrypt(aes.encrypt(TEXT, CONTEXT), CONTEXT, CONTEXT);
        ReEncrypted toAes = aes.reEncrypt(toSm4.ciphertext(), CONTEXT, CONTEXT);

        assertThat(sm4.decrypt(toSm4.ciphertext(), CONTEXT)).isEqualTo(TEXT);
        assertThat(aes.decrypt(toAes.ciphertext(), CONTEXT)).isEqualTo(TEXT);
    }

    @Test
    void envelope_writesTheSuiteOfItsKeyAndReadsBoth() {
        byte[] bySm4 = sm4.envelope().encrypt(TEXT, CONTEXT);
        byte[] byAes = aes.envelope().encrypt(TEXT, CONTEXT);

        assertThat(bySm4).startsWith(2, 0xf1, 0x78);
        assertThat(byAes).startsWith(2, 0x04, 0x78);
        assertThat(kms.envelope().decrypt(bySm4, CONTEXT)).isEqualTo(TEXT);
        assertThat(kms.envelope().decrypt(byAes, CONTEXT)).isEqualTo(TEXT);
        assertThat(sm4.envelope().rewrap(byAes, CONTEXT)).startsWith(2, 0xf1, 0x78);
        assertThat(kms.symmetricKey("sm4").envelope().encrypt(TEXT, CONTEXT)).startsWith(2, 0xf1, 0x78);
    }

    @Test
    void alsoFor_aKeyOfTheOtherSpec_isRefused() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> sm4.envelope().alsoFor(aes))
                .withMessageContaining("of spec AES_256 needs messages of suite AES_256_GCM");
    }

    @Test
    void generateDataKey_ofSm4_has16Bytes() {
        try (DataKey key = sm4.generateDataKey(DataKeySpec.SM4_128, CONTEXT);
                DataKey opened = sm4.decryptDataKey(key.wrapped(), CONTEXT)) {
            assertThat(opened.size()).isEqualTo(16);
        }
    }

    @Test
    void records_ofAnSm4Key_stayWhatTheyAreUnderAnAesKey() {
        Ciphertext wrapped = sm4.newRecordKey(CONTEXT);
        byte[] record;
        try (RecordCipher records = sm4.records(wrapped, CONTEXT)) {
            record = records.encrypt(TEXT, new byte[0]);
        }

        Ciphertext underAes = aes.reEncrypt(wrapped, CONTEXT, CONTEXT).ciphertext();

        assertThat(record[0]).isEqualTo((byte) 2);
        try (RecordCipher records = kms.records(underAes, CONTEXT)) {
            assertThat(records.decrypt(record, new byte[0])).isEqualTo(TEXT);
            assertThat(records.encrypt(TEXT, new byte[0])).startsWith(2);
        }
    }
}
