package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KmsException;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RecipientsTest {
    private final Fixture fixture = Fixture.withShortFrames(7);
    private final KeyId other = fixture.source.newKey();
    private final EnvelopeCipher both = fixture.cipher.alsoFor(Fixture.handle(other));
    private final byte[] plaintext = Fixture.plaintext(40);
    private final byte[] message = both.encrypt(plaintext, CONTEXT);

    @Test
    void decrypt_eachRecipientAlone_opensTheMessage() {
        assertThat(fixture.cipher.decrypt(message, CONTEXT)).isEqualTo(plaintext);
        assertThat(cipherOf(other).decrypt(message, CONTEXT)).isEqualTo(plaintext);
        assertThat(fixture.decryptor.decrypt(message, CONTEXT)).isEqualTo(plaintext);
    }

    @Test
    void decrypt_oneKeyCannotBeUsed_theOtherOpensTheMessage() {
        fixture.source.failWith(fixture.key, RecipientsTest::disabled);

        assertThat(fixture.decryptor.decrypt(message, CONTEXT)).isEqualTo(plaintext);
    }

    @Test
    void decrypt_boundToAKeyThatIsNoRecipient_isRejectedWithoutUsingAKey() {
        EnvelopeCipher stranger = cipherOf(fixture.source.newKey());
        int calls = fixture.source.calls();

        assertThatThrownBy(() -> stranger.decrypt(message, CONTEXT)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    @Test
    void decrypt_boundToAKeyThatIsDisabled_doesNotTryOthers() {
        fixture.source.failWith(fixture.key, RecipientsTest::disabled);

        assertThatThrownBy(() -> both.decrypt(message, CONTEXT)).isInstanceOf(KeyStateException.class);
    }

    static Stream<Arguments> failures() {
        List<Supplier<KmsException>> fromLeastTelling = List.of(
                DecryptionException::new,
                RecipientsTest::noKey,
                RecipientsTest::denied,
                RecipientsTest::disabled,
                RecipientsTest::providerBroken,
                RecipientsTest::storeAway);
        return Stream.iterate(0, i -> i + 1)
                .limit(fromLeastTelling.size())
                .flatMap(less -> fromLeastTelling.subList(less, fromLeastTelling.size()).stream()
                        .map(more -> Arguments.of(
                                fromLeastTelling.get(less), more, more.get().getClass())));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("failures")
    void decrypt_noKeyCanBeUsed_theMostTellingFailureIsTheAnswer(
            Supplier<KmsException> less, Supplier<KmsException> more, Class<KmsException> expected) {
        fixture.source.failWith(fixture.key, less);
        fixture.source.failWith(other, more);
        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, CONTEXT)).isExactlyInstanceOf(expected);

        fixture.source.failWith(fixture.key, more);
        fixture.source.failWith(other, less);
        assertThatThrownBy(() -> fixture.decryptor.decrypt(message, CONTEXT)).isExactlyInstanceOf(expected);
    }

    @Test
    void decrypt_entryThatNamesAnotherKeyThanItsBytes_isPassedOver() {
        String text = fixture.key.toString();
        byte[] damaged = message.clone();
        int at = indexOf(damaged, text.getBytes(StandardCharsets.US_ASCII));
        damaged[at] = (byte) (damaged[at] == 'a' ? 'b' : 'a');
        int calls = fixture.source.calls();

        assertThatThrownBy(() -> fixture.cipher.decrypt(damaged, CONTEXT)).isInstanceOf(DecryptionException.class);

        assertThat(fixture.source.calls()).isEqualTo(calls);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; ; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
    }

    @Test
    void encrypt_aRecipientCannotBeUsed_isRefused() {
        fixture.source.failWith(other, RecipientsTest::disabled);

        assertThatThrownBy(() -> both.encrypt(plaintext, CONTEXT)).isInstanceOf(KeyStateException.class);
    }

    @Test
    void alsoFor_recipientTwice_isRefused() {
        assertThatThrownBy(() -> both.alsoFor(Fixture.handle(other))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> both.alsoFor(Fixture.handle(fixture.key))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void alsoFor_sixteenRecipients_isTheLimit() {
        EnvelopeCipher cipher = fixture.cipher;
        for (int i = 1; i < EnvelopeCipher.MAX_RECIPIENTS; i++) {
            cipher = cipher.alsoFor(Fixture.handle(fixture.source.newKey()));
        }
        EnvelopeCipher full = cipher;

        assertThat(fixture.decryptor.decrypt(full.encrypt(plaintext, CONTEXT), CONTEXT))
                .isEqualTo(plaintext);
        assertThatThrownBy(() -> full.alsoFor(Fixture.handle(new KeyId(new UUID(1, 2)))))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void rewrap_messageOfAnotherKey_bringsItUnderThisOne() {
        byte[] theirs = cipherOf(other).encrypt(plaintext, CONTEXT);

        byte[] rewrapped = fixture.cipher.rewrap(theirs, CONTEXT);

        assertThat(fixture.cipher.decrypt(rewrapped, CONTEXT)).isEqualTo(plaintext);
        MessageHeader before = HeaderParser.parse(theirs);
        MessageHeader after = HeaderParser.parse(rewrapped);
        assertThat(after.messageId()).isNotEqualTo(before.messageId());
        assertThat(after.commitment()).isNotEqualTo(before.commitment());
    }

    private static KmsException noKey() {
        return new KeyNotFoundException("there is no such key");
    }

    private static KmsException denied() {
        return new AccessDeniedException("denied");
    }

    private static KmsException disabled() {
        return new KeyStateException(ErrorCode.CMK_DISABLED, "disabled");
    }

    private static KmsException providerBroken() {
        return ProviderException.permanent("broken", null);
    }

    private static KmsException storeAway() {
        return StoreException.retryable("away", null);
    }

    private EnvelopeCipher cipherOf(KeyId key) {
        MessageSealer sealer = new MessageSealer(AlgorithmSuite.AES_256_GCM, new FrameLayout(16), Fixture.random(1));
        return new RecipientCipher(fixture.source, sealer, List.of(key), Parallelism.NONE);
    }
}
