package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tink with its keys under a customer master key of ours, through the adapter that an application would write. */
final class TinkInteropTest {
    private static final byte[] TEXT = "under Tink".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ASSOCIATED = "row 7".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private EmbeddedKms kms;
    private SymmetricCmk cmk;

    @BeforeEach
    void open() throws GeneralSecurityException {
        AeadConfig.register();
        kms = TestKms.builder(folder).build();
        cmk = kms.createKey(NewKey.named("tink"));
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void envelopeAead_overOurKey_opensAlsoAfterARotation() throws Exception {
        Aead remote = new KeycaskKmsClient(kms).getAead("keycask-kms://tink");
        Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, remote);

        byte[] message = envelope.encrypt(TEXT, ASSOCIATED);
        cmk.rotate();

        assertThat(envelope.decrypt(message, ASSOCIATED)).isEqualTo(TEXT);
        message[message.length - 1] ^= 1;
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> envelope.decrypt(message, ASSOCIATED));
    }

    @Test
    void keyset_encryptedUnderOurKey_opensWithTheSameAssociatedDataOnly() throws Exception {
        KeysetHandle keyset =
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
        Aead remote = new KeycaskKmsClient(kms).getAead("keycask-kms://tink");

        byte[] sealed =
                TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, remote, ASSOCIATED, RegistryConfiguration.get());
        byte[] message = aead(keyset).encrypt(TEXT, ASSOCIATED);

        KeysetHandle opened =
                TinkProtoKeysetFormat.parseEncryptedKeyset(sealed, remote, ASSOCIATED, RegistryConfiguration.get());
        assertThat(aead(opened).decrypt(message, ASSOCIATED)).isEqualTo(TEXT);
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() ->
                        TinkProtoKeysetFormat.parseEncryptedKeyset(sealed, remote, TEXT, RegistryConfiguration.get()));
    }

    private static Aead aead(KeysetHandle keyset) throws GeneralSecurityException {
        return keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** Tink's view of a Keycask: {@code keycask-kms://ALIAS} names a key. */
    private record KeycaskKmsClient(EmbeddedKms kms) implements KmsClient {
        private static final String SCHEME = "keycask-kms://";

        @Override
        public boolean doesSupport(String keyUri) {
            return keyUri.startsWith(SCHEME);
        }

        @Override
        public KmsClient withCredentials(String credentialPath) {
            return this;
        }

        @Override
        public KmsClient withDefaultCredentials() {
            return this;
        }

        @Override
        public Aead getAead(String keyUri) {
            return new CmkAead(kms.symmetricKey(keyUri.substring(SCHEME.length())));
        }
    }

    /** A customer master key as an {@link Aead}: the associated data is the value of one pair. */
    private record CmkAead(SymmetricCmk cmk) implements Aead {
        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
            return cmk.encrypt(plaintext, context(associatedData)).toBytes();
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            try {
                return cmk.decrypt(Ciphertext.copyOf(ciphertext), context(associatedData));
            } catch (KmsException e) {
                throw new GeneralSecurityException(e.getMessage(), e);
            }
        }

        private static EncryptionContext context(byte[] associatedData) {
            return associatedData.length == 0
                    ? EncryptionContext.empty()
                    : EncryptionContext.of(
                            "tink-associated-data", HexFormat.of().formatHex(associatedData));
        }
    }
}
