package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DetachedEnvelopeTest {
    private static final EncryptionContext ROW = EncryptionContext.of("row", "17");

    private final Fixture fixture = Fixture.withShortFrames(8);
    private final Ciphertext wrapped = fixture.cipher.newDetachedKey(CONTEXT);
    private final byte[] plaintext = Fixture.plaintext(40);

    @Test
    void messages_inMemoryAndStreamed_openAgain() throws IOException {
        try (DetachedEnvelope detached = fixture.cipher.detached(wrapped, CONTEXT)) {
            byte[] message = detached.encrypt(plaintext, ROW);
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            ByteArrayOutputStream opened = new ByteArrayOutputStream();
            long unused = detached.encrypt(new ByteArrayInputStream(plaintext), streamed, ROW);
            long length = detached.decrypt(new ByteArrayInputStream(message), opened, ROW);

            assertThat(length).isEqualTo(plaintext.length);
            assertThat(opened.toByteArray()).isEqualTo(plaintext);
            assertThat(detached.decrypt(streamed.toByteArray(), ROW)).isEqualTo(plaintext);
            assertThatThrownBy(() -> detached.decrypt(message, CONTEXT)).isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void keyWrappedAnew_opensTheSameMessages() {
        byte[] message = encryptDetached(wrapped);
        KeyId other = fixture.source.newKey();
        Ciphertext anew;
        try (DataKey dataKey = fixture.source.unwrap(wrapped, CONTEXT)) {
            anew = fixture.source.wrap(other, dataKey, ROW);
        }

        try (DetachedEnvelope detached = cipherOf(other).detached(anew, ROW)) {
            assertThat(detached.decrypt(message, ROW)).isEqualTo(plaintext);
        }
    }

    @Test
    void messageOfAnotherKey_isRejected() {
        byte[] message = encryptDetached(fixture.cipher.newDetachedKey(CONTEXT));
        byte[] attached = fixture.cipher.encrypt(plaintext, ROW);

        try (DetachedEnvelope detached = fixture.cipher.detached(wrapped, CONTEXT)) {
            assertThatThrownBy(() -> detached.decrypt(message, ROW)).isInstanceOf(DecryptionException.class);
            assertThatThrownBy(() -> detached.decrypt(attached, ROW)).isInstanceOf(DecryptionException.class);
        }
        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, ROW)).isInstanceOf(DecryptionException.class);
    }

    @Test
    void message_anyBitFlipped_isRejected() {
        byte[] message = encryptDetached(wrapped);

        try (DetachedEnvelope detached = fixture.cipher.detached(wrapped, CONTEXT)) {
            for (int bit = 0; bit < message.length * 8; bit++) {
                byte[] damaged = message.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertThatThrownBy(() -> detached.decrypt(damaged, ROW))
                        .as("bit %s", bit)
                        .isInstanceOf(DecryptionException.class);
            }
        }
    }

    @Test
    void reference_isTheSameForOneKeyAndAnotherForAnother() {
        byte[] one = referenceOf(encryptDetached(wrapped));
        byte[] again = referenceOf(encryptDetached(wrapped));
        byte[] other = referenceOf(encryptDetached(fixture.cipher.newDetachedKey(CONTEXT)));

        assertThat(again).isEqualTo(one).hasSize(16);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void detached_keyOfAnotherCmk_isRejectedWithoutUsingIt() {
        EnvelopeCipher stranger = cipherOf(fixture.source.newKey());
        int calls = fixture.source.calls();

        assertThatThrownBy(() -> stranger.detached(wrapped, CONTEXT)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    @Test
    void detached_keyOfAnotherLength_isRefusedAndWiped() {
        Ciphertext shorter;
        try (DataKey dataKey = fixture.source.generate(fixture.key, 24, CONTEXT)) {
            shorter = dataKey.wrapped();
        }

        assertThatThrownBy(() -> fixture.cipher.detached(shorter, CONTEXT))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("24 bytes");

        assertThatThrownBy(() -> fixture.source.issued().get(2).<Integer, RuntimeException>use(b -> b.length))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedEnvelope_refusesWork() {
        DetachedEnvelope detached = fixture.cipher.detached(wrapped, CONTEXT);
        byte[] message = detached.encrypt(plaintext, ROW);

        detached.close();
        detached.close();

        assertThatThrownBy(() -> detached.encrypt(plaintext, ROW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> detached.decrypt(message, ROW)).isInstanceOf(IllegalStateException.class);
    }

    private byte[] encryptDetached(Ciphertext key) {
        try (DetachedEnvelope detached = fixture.cipher.detached(key, CONTEXT)) {
            return detached.encrypt(plaintext, ROW);
        }
    }

    private static byte[] referenceOf(byte[] message) {
        return HeaderParser.parse(message).dataKeys().get(0).providerInfo();
    }

    private EnvelopeCipher cipherOf(KeyId key) {
        MessageSealer sealer = new MessageSealer(AlgorithmSuite.AES_256_GCM, new FrameLayout(16), Fixture.random(1));
        return new RecipientCipher(fixture.source, sealer, List.of(key), Parallelism.NONE);
    }
}
