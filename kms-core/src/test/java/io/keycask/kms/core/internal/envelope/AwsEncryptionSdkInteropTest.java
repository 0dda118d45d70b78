package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.exception.BadCiphertextException;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.OnDecryptInput;
import software.amazon.cryptography.materialproviders.model.OnDecryptOutput;
import software.amazon.cryptography.materialproviders.model.OnEncryptInput;
import software.amazon.cryptography.materialproviders.model.OnEncryptOutput;

/** The AWS Encryption SDK for Java as a live oracle, in both directions. */
final class AwsEncryptionSdkInteropTest {
    private static final CryptoAlgorithm UNSIGNED = CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY;
    private static final CryptoAlgorithm SIGNED = CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384;

    private final FakeDataKeySource source = new FakeDataKeySource();
    private final KeyId key = source.newKey();
    private final KeyId otherKey = source.newKey();

    private static AwsCrypto aws(CryptoAlgorithm algorithm, int frameLength) {
        return AwsCrypto.builder()
                .withCommitmentPolicy(CommitmentPolicy.RequireEncryptRequireDecrypt)
                .withEncryptionAlgorithm(algorithm)
                .withEncryptionFrameSize(frameLength)
                .build();
    }

    static Stream<Arguments> foreignMessages() {
        return Stream.of(UNSIGNED, SIGNED)
                .flatMap(algorithm -> Stream.of(0, 16, 4096, 1 << 20)
                        .flatMap(frame -> Stream.of(0, 1, 16, 40, 4096, 8192, 200_000)
                                .map(size -> Arguments.of(algorithm, frame, size))));
    }

    @ParameterizedTest(name = "{0}, frames of {1}, {2} bytes")
    @MethodSource("foreignMessages")
    void decrypt_messageOfTheirs_returnsThePlaintext(CryptoAlgorithm algorithm, int frame, int size)
            throws IOException {
        byte[] plaintext = Fixture.plaintext(size);

        byte[] message = aws(algorithm, frame)
                .encryptData(new AwsKeyring(source, key), plaintext, CONTEXT.pairs())
                .getResult();

        assertThat(Envelopes.decryptor(source).decrypt(message, CONTEXT)).isEqualTo(plaintext);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        assertThat(Envelopes.decryptor(source).decrypt(new ByteArrayInputStream(message), streamed, CONTEXT))
                .isEqualTo(size);
        assertThat(streamed.toByteArray()).isEqualTo(plaintext);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void decrypt_messageOfOurs_isReadByThem(int size) {
        byte[] plaintext = Fixture.plaintext(size);

        byte[] message = Envelopes.cipher(source, key, KeySpec.AES_256).encrypt(plaintext, CONTEXT);

        byte[] read = aws(UNSIGNED, 4096)
                .decryptData(new AwsKeyring(source, key), message, CONTEXT.pairs())
                .getResult();
        assertThat(read).isEqualTo(plaintext);
    }

    /** Suite 0xF178 is ours: whoever does not know it has to say so before anything else. */
    @Test
    void messageOfTheSm4Suite_isRejectedByThem() {
        byte[] message = Envelopes.cipher(source, key, KeySpec.SM4).encrypt(Fixture.plaintext(100), CONTEXT);

        assertThatThrownBy(() -> aws(UNSIGNED, 4096).decryptData(new AwsKeyring(source, key), message, CONTEXT.pairs()))
                .isInstanceOf(BadCiphertextException.class);
    }

    @Test
    void messagesWithoutContext_areReadBothWays() {
        byte[] plaintext = Fixture.plaintext(100);
        AwsKeyring keyring = new AwsKeyring(source, key);

        byte[] ours = Envelopes.cipher(source, key, KeySpec.AES_256).encrypt(plaintext, EncryptionContext.empty());
        byte[] theirs = aws(UNSIGNED, 4096).encryptData(keyring, plaintext).getResult();

        assertThat(aws(UNSIGNED, 4096).decryptData(keyring, ours).getResult()).isEqualTo(plaintext);
        assertThat(Envelopes.decryptor(source).decrypt(theirs, EncryptionContext.empty()))
                .isEqualTo(plaintext);
    }

    @Test
    void severalRecipients_areReadBothWaysByEach() {
        byte[] plaintext = Fixture.plaintext(100);
        EnvelopeCipher both = Envelopes.cipher(source, key, KeySpec.AES_256).alsoFor(Fixture.handle(otherKey));

        byte[] ours = both.encrypt(plaintext, CONTEXT);
        byte[] theirs = aws(UNSIGNED, 4096)
                .encryptData(new AwsKeyring(source, key, otherKey), plaintext, CONTEXT.pairs())
                .getResult();

        for (KeyId recipient : new KeyId[] {key, otherKey}) {
            byte[] read = aws(UNSIGNED, 4096)
                    .decryptData(new AwsKeyring(source, recipient), ours, CONTEXT.pairs())
                    .getResult();
            assertThat(read).isEqualTo(plaintext);
            assertThat(Envelopes.cipher(source, recipient, KeySpec.AES_256).decrypt(theirs, CONTEXT))
                    .isEqualTo(plaintext);
        }
    }

    @Test
    void signedMessage_anyByteChanged_isRejected() {
        byte[] message = aws(SIGNED, 16)
                .encryptData(new AwsKeyring(source, key), Fixture.plaintext(40), CONTEXT.pairs())
                .getResult();

        for (int at = 0; at < message.length; at++) {
            byte[] damaged = message.clone();
            damaged[at] ^= 1;
            assertThatThrownBy(() -> Envelopes.decryptor(source).decrypt(damaged, CONTEXT))
                    .as("byte %s", at)
                    .isExactlyInstanceOf(DecryptionException.class);
        }
        for (int length = 0; length < message.length; length++) {
            byte[] cut = Arrays.copyOf(message, length);
            assertThatThrownBy(() -> Envelopes.decryptor(source).decrypt(cut, CONTEXT))
                    .isExactlyInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void unframedMessage_anyByteChanged_isRejected() {
        byte[] message = aws(UNSIGNED, 0)
                .encryptData(new AwsKeyring(source, key), Fixture.plaintext(40), CONTEXT.pairs())
                .getResult();

        for (int at = 0; at < message.length; at++) {
            byte[] damaged = message.clone();
            damaged[at] ^= 1;
            assertThatThrownBy(() -> Envelopes.decryptor(source).decrypt(damaged, CONTEXT))
                    .as("byte %s", at)
                    .isExactlyInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void detachedMessage_isReadByThemWithTheDataKey() {
        EnvelopeCipher cipher = Envelopes.cipher(source, key, KeySpec.AES_256);
        Ciphertext wrapped = cipher.newDetachedKey(CONTEXT);
        byte[] plaintext = Fixture.plaintext(100);
        byte[] message;
        try (DetachedEnvelope detached = cipher.detached(wrapped, CONTEXT)) {
            message = detached.encrypt(plaintext, CONTEXT);
        }

        byte[] read = aws(UNSIGNED, 4096)
                .decryptData(new DetachedKeyring(source, wrapped), message, CONTEXT.pairs())
                .getResult();

        assertThat(read).isEqualTo(plaintext);
    }

    /** Knows one data key, whatever the message says. */
    private record DetachedKeyring(DataKeySource source, Ciphertext wrapped) implements IKeyring {
        @Override
        public OnEncryptOutput OnEncrypt(OnEncryptInput input) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OnDecryptOutput OnDecrypt(OnDecryptInput input) {
            assertThat(input.encryptedDataKeys())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.keyProviderId()).isEqualTo("keycask-detached"));
            try (DataKey dataKey = source.unwrap(wrapped, CONTEXT)) {
                return OnDecryptOutput.builder()
                        .materials(input.materials().toBuilder()
                                .plaintextDataKey(dataKey.<ByteBuffer, RuntimeException>use(
                                        bytes -> ByteBuffer.wrap(bytes.clone())))
                                .build())
                        .build();
            }
        }
    }
}
