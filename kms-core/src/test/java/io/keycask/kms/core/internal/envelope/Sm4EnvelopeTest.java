package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different when a customer master key is of SM4. */
final class Sm4EnvelopeTest {
    static IntStream sizesAroundFrames() {
        return IntStream.of(0, 1, 2, 3, 7, 16)
                .flatMap(frames -> IntStream.of(-1, 0, 1)
                        .map(more -> frames * FRAME_LENGTH + more)
                        .filter(size -> size >= 0));
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizesAroundFrames")
    void shortFrames_sizesAroundThem_roundTrip(int size) throws IOException {
        assertRoundTrip(Fixture.of(AlgorithmSuite.SM4_GCM, FRAME_LENGTH, size), size);
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decrypt_whateverWasEncrypted_returnsIt(long seed) throws IOException {
        RandomGenerator random = Fixture.random(seed);
        Fixture fixture = Fixture.of(AlgorithmSuite.SM4_GCM, random.nextInt(1, 5_000), seed);

        assertRoundTrip(fixture, random.nextInt(20_000));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 1024 * 1024 + 3})
    void standardFrames_sizesAroundThem_roundTrip(int size) throws IOException {
        assertRoundTrip(Fixture.standard(KeySpec.SM4), size);
    }

    private static void assertRoundTrip(Fixture fixture, int size) throws IOException {
        byte[] plaintext = Fixture.plaintext(size);
        byte[] message = fixture.cipher.encrypt(plaintext, CONTEXT);
        assertThat(Arrays.equals(fixture.decryptor.decrypt(message, CONTEXT), plaintext))
                .isTrue();
        ByteArrayOutputStream streamed = new ByteArrayOutputStream(size);
        assertThat(fixture.decryptor.decrypt(new ByteArrayInputStream(message), streamed, CONTEXT))
                .isEqualTo(size);
        assertThat(Arrays.equals(streamed.toByteArray(), plaintext)).isTrue();
    }

    @Test
    void encrypt_writesSuiteF178UnderADataKeyOf16Bytes() {
        Fixture fixture = Fixture.standard(KeySpec.SM4);

        byte[] message = fixture.encrypt(10);

        assertThat(message).startsWith(2, 0xf1, 0x78);
        assertThat(fixture.source.issued())
                .singleElement()
                .satisfies(dataKey -> assertThat(dataKey.size()).isEqualTo(16));
    }

    @Test
    void alsoFor_aKeyOfTheOtherSuite_isRefused() {
        Fixture sm4 = Fixture.standard(KeySpec.SM4);
        Fixture aes = Fixture.standard();

        assertThatThrownBy(() -> sm4.cipher.alsoFor(Fixture.handle(sm4.source.newKey())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("of spec AES_256 needs messages of suite AES_256_GCM")
                .hasMessageContaining("SM4_GCM");
        assertThatThrownBy(() -> aes.cipher.alsoFor(Fixture.handle(aes.source.newKey(), KeySpec.SM4)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("of spec SM4 needs messages of suite SM4_GCM");
    }

    @Test
    void alsoFor_aKeyOfTheSameSuite_opensTheMessages() {
        Fixture fixture = Fixture.standard(KeySpec.SM4);
        var other = fixture.source.newKey();

        byte[] message =
                fixture.cipher.alsoFor(Fixture.handle(other, KeySpec.SM4)).encrypt(Fixture.plaintext(40), CONTEXT);

        assertThat(Envelopes.cipher(fixture.source, other, KeySpec.SM4).decrypt(message, CONTEXT))
                .isEqualTo(Fixture.plaintext(40));
    }

    @Test
    void rewrap_fromAes_givesSuiteF178AndBack() throws IOException {
        Fixture aes = Fixture.standard();
        EnvelopeCipher sm4 = Envelopes.cipher(aes.source, aes.source.newKey(), KeySpec.SM4);
        byte[] message = aes.encrypt(100_000);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();

        byte[] rewrapped = sm4.rewrap(message, CONTEXT);
        long count = sm4.rewrap(new ByteArrayInputStream(message), streamed, CONTEXT);
        byte[] back = aes.cipher.rewrap(rewrapped, CONTEXT);

        assertThat(rewrapped).startsWith(2, 0xf1, 0x78);
        assertThat(streamed.toByteArray()).startsWith(2, 0xf1, 0x78);
        assertThat(count).isEqualTo(100_000);
        assertThat(back).startsWith(2, 0x04, 0x78);
        assertThat(aes.decryptor.decrypt(back, CONTEXT)).isEqualTo(Fixture.plaintext(100_000));
        assertThat(aes.decryptor.decrypt(streamed.toByteArray(), CONTEXT)).isEqualTo(Fixture.plaintext(100_000));
    }

    /** A detached data key may come under a key of the other kind; its messages have to open all the same. */
    @Test
    void detached_suiteFollowsFromTheDataKey() {
        Fixture sm4 = Fixture.standard(KeySpec.SM4);
        EnvelopeCipher asAes = Envelopes.cipher(sm4.source, sm4.key, KeySpec.AES_256);
        Ciphertext wrapped = sm4.cipher.newDetachedKey(CONTEXT);
        byte[] message;
        try (DetachedEnvelope detached = sm4.cipher.detached(wrapped, CONTEXT)) {
            message = detached.encrypt(Fixture.plaintext(40), CONTEXT);
        }

        try (DetachedEnvelope detached = asAes.detached(wrapped, CONTEXT)) {
            assertThat(detached.decrypt(message, CONTEXT)).isEqualTo(Fixture.plaintext(40));
            assertThat(detached.encrypt(Fixture.plaintext(1), CONTEXT)).startsWith(2, 0xf1, 0x78);
        }
        assertThat(message).startsWith(2, 0xf1, 0x78);
    }
}
