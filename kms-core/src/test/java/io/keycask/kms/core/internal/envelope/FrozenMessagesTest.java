package io.keycask.kms.core.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What messages look like, for ever; and odd ones that other programs write or forge. */
final class FrozenMessagesTest {
    static Stream<FrozenMessage> messages() {
        return FrozenMessage.all().stream();
    }

    static Stream<FrozenMessage> written() {
        return messages().filter(FrozenMessage::isWritten);
    }

    @Test
    void file_isComplete() {
        assertThat(messages()).hasSize(52);
        assertThat(messages().filter(FrozenMessage::isValid)).hasSize(18);
        assertThat(written()).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decrypt_inMemory_saysWhatItAlwaysSaid(FrozenMessage frozen) {
        EnvelopeDecryptor decryptor = new MessageDecryptor(frozen.keys(), Parallelism.NONE);

        if (frozen.isValid()) {
            assertThat(decryptor.decrypt(frozen.message(), frozen.context())).isEqualTo(frozen.plaintext());
        } else {
            assertThatThrownBy(() -> decryptor.decrypt(frozen.message(), frozen.context()))
                    .isExactlyInstanceOf(DecryptionException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decrypt_stream_saysWhatItAlwaysSaid(FrozenMessage frozen) throws IOException {
        EnvelopeDecryptor decryptor = new MessageDecryptor(frozen.keys(), Parallelism.NONE);
        ByteArrayInputStream in = new ByteArrayInputStream(frozen.message());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        if (frozen.isValid()) {
            long length = decryptor.decrypt(in, out, frozen.context());
            assertThat(length).isEqualTo(frozen.plaintext().length);
            assertThat(out.toByteArray()).isEqualTo(frozen.plaintext());
        } else {
            assertThatThrownBy(() -> decryptor.decrypt(in, out, frozen.context()))
                    .isExactlyInstanceOf(DecryptionException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void encrypt_sameKeyAndMessageId_writesTheSameBytes(FrozenMessage frozen) {
        MessageSealer sealer = new MessageSealer(
                AlgorithmSuite.AES_256_GCM, new FrameLayout(frozen.frameLength()), only(frozen.messageId()));
        List<EncryptedDataKey> entries = HeaderParser.parse(frozen.message()).dataKeys();
        KeyIssuer keys = new KeyIssuer() {
            @Override
            public <T> T issue(int keyBytes, EncryptionContext context, long plaintextBytes, Use<T> action) {
                return action.apply(frozen.dataKey(), entries);
            }

            @Override
            public long entriesBytes(AlgorithmSuite suite) {
                return entries.stream().mapToLong(EncryptedDataKey::size).sum();
            }
        };

        assertThat(sealer.seal(keys, frozen.plaintext(), frozen.context(), Parallelism.NONE))
                .isEqualTo(frozen.message());
    }

    private static RandomGenerator only(byte[] bytes) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only bytes are random");
            }

            @Override
            public void nextBytes(byte[] target) {
                System.arraycopy(bytes, 0, target, 0, target.length);
            }
        };
    }

    @Test
    void detached_openedByItsReference_saysWhatItAlwaysSaid() {
        FrozenMessage frozen = messages()
                .filter(message -> message.comment().equals("detached"))
                .findFirst()
                .orElseThrow();
        Fixture fixture = Fixture.withShortFrames(9);
        Ciphertext wrapped;
        try (DataKey dataKey =
                DataKey.of(fixture.key, SecretBytes.takeFrom(frozen.dataKey()), Ciphertext.copyOf(new byte[0]))) {
            wrapped = fixture.source.wrap(fixture.key, dataKey, frozen.context());
        }

        try (DetachedEnvelope detached = fixture.cipher.detached(wrapped, frozen.context())) {
            assertThat(detached.decrypt(frozen.message(), frozen.context())).isEqualTo(frozen.plaintext());
        }
    }
}
