package io.keycask.kms.pkcs11.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Ckr;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call does about each kind of fault, on a library that fails when it is told to. */
final class TokenSessionsTest {
    private static final int BYTES = 8;
    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private final FakeLibrary fake = new FakeLibrary();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - STEP_NANOS); // a clock may overflow
    private TokenSessions token;

    @BeforeEach
    void open() {
        token = open("fake");
        assertThat(random()).isEqualTo(BYTES);
    }

    private TokenSessions open(String label) {
        Library library = Library.started(Path.of("/fake.so"), fake.functions(), Optional.empty(), nanoTime::get);
        return new TokenSessions(
                library,
                new TokenSelector(Optional.of(label), Optional.empty(), OptionalLong.empty()),
                Optional.of(() -> SecretBytes.takeFrom("1234".getBytes(StandardCharsets.UTF_8))),
                4,
                Duration.ZERO,
                CallLimit.of(Duration.ZERO, 4));
    }

    private int random() {
        return token.call(session -> session.random(BYTES).length);
    }

    // ---- sessions

    @Test
    void call_sessionIsGone_anotherOneDoesTheWork() {
        for (long code : new long[] {
            Ckr.SESSION_HANDLE_INVALID, Ckr.SESSION_CLOSED, Ckr.OPERATION_ACTIVE, Ckr.OPERATION_NOT_INITIALIZED
        }) {
            int closed = fake.calls("closeSession");
            fake.fail("generateRandom", code);

            assertThat(random()).isEqualTo(BYTES);
            assertThat(fake.calls("closeSession")).isEqualTo(closed + 1);
        }
        assertThat(fake.calls("initialize")).isEqualTo(1);
    }

    @Test
    void call_everySessionIsGone_endsAfterFourAttempts() {
        long gone = Ckr.SESSION_HANDLE_INVALID;
        fake.fail("generateRandom", gone, gone, gone, gone);

        assertRetryable(this::random, "CKR_SESSION_HANDLE_INVALID");
        assertThat(fake.calls("generateRandom")).isEqualTo(5);
        assertThat(random()).isEqualTo(BYTES);
    }

    @Test
    void call_noRoomForAnotherSession_usesThoseThatThereAre() {
        fake.room(2);

        token.call(outer -> {
            assertRetryable(this::random, "all 1 sessions are in use");
            return outer.random(BYTES);
        });

        assertThat(random()).isEqualTo(BYTES);
        assertThat(fake.calls("initialize")).isEqualTo(1);
    }

    @Test
    void call_roomForOneSessionOnly_usesTheOneThatIsLoggedIn() {
        token.close();
        fake.room(1);
        token = open("fake");

        assertThat(random()).isEqualTo(BYTES);
        token.call(outer -> {
            assertRetryable(this::random, "all 1 sessions are in use");
            return outer.random(BYTES);
        });
        assertThat(random()).isEqualTo(BYTES);
    }

    // ---- handles, logins, PINs

    @Test
    void call_handleMeansNothing_isFoundAnew() {
        for (long code : new long[] {Ckr.KEY_HANDLE_INVALID, Ckr.OBJECT_HANDLE_INVALID}) {
            fake.fail("destroyObject", code);
            token.call(session -> {
                session.generation().remember("key", 5);
                return true;
            });

            boolean again = token.call(session -> {
                session.generation().handle("key").ifPresent(session::destroyObject);
                return session.generation().handle("key").isEmpty();
            });

            assertThat(again).isTrue();
        }
    }

    @Test
    void call_loggedOut_logsInOnce() {
        fake.logOut();

        assertThat(random()).isEqualTo(BYTES);
        assertThat(fake.calls("login")).isEqualTo(2);
    }

    @Test
    void call_pinIsRefused_isNeverTriedAgain() {
        for (long code :
                new long[] {Ckr.PIN_INCORRECT, Ckr.PIN_LOCKED, Ckr.PIN_EXPIRED, Ckr.USER_PIN_NOT_INITIALIZED}) {
            token = open("fake");
            int logins = fake.calls("login");
            fake.logOut();
            fake.fail("login", code);

            for (int i = 0; i < 5; i++) {
                assertPermanent(this::random, "the PIN is refused and not tried again");
            }
            assertThat(fake.calls("login")).isEqualTo(logins + 1);
        }
    }

    @Test
    void call_pinWasChangedDuringAnAbsence_isTriedOnce() {
        fake.changePin("5678");
        fake.lose();

        for (int i = 0; i < 5; i++) {
            assertPermanent(this::random, "CKR_PIN_INCORRECT");
        }
        assertThat(fake.calls("login")).isEqualTo(2);
    }

    // ---- ciphertexts and requests

    @Test
    void decrypt_damaged_isADecryptionFailureAndKeepsTheSession() {
        for (long code : new long[] {Ckr.ENCRYPTED_DATA_INVALID, Ckr.GENERAL_ERROR, Ckr.FUNCTION_FAILED}) {
            fake.fail("decrypt", code);

            assertThatThrownBy(this::decrypt)
                    .isInstanceOf(DecryptionException.class)
                    .hasNoCause();
        }
        assertThat(fake.calls("closeSession")).isZero();
        assertThat(fake.calls("initialize")).isEqualTo(1);
    }

    @Test
    void decrypt_unclearFaultAndNothingElseAnswers_startsTheLibraryAgain() {
        fake.fail("decrypt", Ckr.GENERAL_ERROR).fail("generateRandom", Ckr.DEVICE_ERROR, Ckr.DEVICE_ERROR);

        assertThat(decrypt()).hasSize(BYTES);
        assertThat(fake.calls("initialize")).isEqualTo(2);
    }

    private byte[] decrypt() {
        return token.call(session -> session.decrypt(Mechanism.of(Cka.CKM_RSA_PKCS), 1, new byte[BYTES], BYTES));
    }

    @Test
    void call_unclearFaultOfATokenThatAnswers_isRepeatedWithoutANewStart() {
        fake.fail("destroyObject", Ckr.GENERAL_ERROR, 0x8000_0001L);

        assertThat(destroy()).isTrue();
        assertThat(fake.calls("initialize")).isEqualTo(1);
    }

    @Test
    void call_refused_isPermanentAndNamesFunctionAndCode() {
        fake.fail("destroyObject", 0x1B);

        assertPermanent(this::destroy, "C_DestroyObject returned CKR_ACTION_PROHIBITED (0x1B)");
    }

    private boolean destroy() {
        return token.call(session -> {
            session.destroyObject(1);
            return true;
        });
    }

    // ---- the device

    @Test
    void call_deviceWasLost_startsTheLibraryAgainOnce() {
        for (int i = 0; i < 3; i++) {
            fake.lose();

            assertThat(random()).isEqualTo(BYTES);
            assertThat(fake.calls("initialize")).isEqualTo(i + 2);
        }
    }

    @Test
    void call_libraryDoesNotStart_failsAtOnceUntilThePauseIsOver() {
        fake.lose();
        fake.fail("initialize", Ckr.DEVICE_ERROR);

        for (int i = 0; i < 5; i++) {
            assertRetryable(this::random, "is away");
        }
        assertThat(fake.calls("initialize")).isEqualTo(2);

        nanoTime.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(random()).isEqualTo(BYTES);
        assertThat(fake.calls("initialize")).isEqualTo(3);
    }

    @Test
    void call_libraryStartsAndTheDeviceStaysAway_attemptsBecomeRare() {
        fake.away(true);
        List<Long> attempts = new ArrayList<>();
        long start = nanoTime.get();
        int seen = fake.calls("initialize");
        for (int i = 0; i < 6_000; i++) { // a minute
            assertRetryable(this::random, "is away");
            if (fake.calls("initialize") > seen) {
                attempts.add((nanoTime.get() - start) / STEP_NANOS);
                seen++;
            }
            assertThat(fake.calls("initialize")).isEqualTo(seen);
            nanoTime.addAndGet(STEP_NANOS);
        }

        assertThat(attempts.get(0)).isZero();
        assertThat(attempts).hasSizeBetween(14, 20);
        for (int i = 1; i < attempts.size(); i++) {
            long pause = attempts.get(i) - attempts.get(i - 1);
            assertThat(pause).isBetween(Math.min(5L << (i - 1), 500), Math.min(7L << (i - 1), 627));
        }
    }

    @Test
    void call_deviceIsBackAfterALongAbsence_theNextLossIsAFirstOne() {
        fake.away(true);
        for (int i = 0; i < 3_000; i++) {
            assertRetryable(this::random, "is away");
            nanoTime.addAndGet(STEP_NANOS);
        }
        fake.away(false);
        nanoTime.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(random()).isEqualTo(BYTES);

        int starts = fake.calls("initialize");
        fake.lose();
        assertThat(random()).isEqualTo(BYTES);
        assertThat(fake.calls("initialize")).isEqualTo(starts + 1);
    }

    @Test
    void call_tokenIsNotThereAfterANewStart_isAwayAndNotUnknown() {
        fake.unplugged(true);
        fake.lose();

        for (int i = 0; i < 5; i++) {
            assertRetryable(this::random, "CKR_TOKEN_NOT_PRESENT");
        }
        assertThat(fake.calls("initialize")).isEqualTo(2);

        fake.unplugged(false);
        assertThat(random()).isEqualTo(BYTES);
    }

    // ---- the beginning and the end

    @Test
    void call_noSuchToken_listsThoseThatThereAre() {
        token = open("other");

        assertPermanent(this::random, "0 tokens fit label 'other'; expected one of ['fake' (serial 9, slot 7)]");
    }

    @Test
    void close_endsTheLibraryOnce() {
        token.close();
        token.close();

        assertThat(fake.calls("finalizeLibrary")).isEqualTo(1);
        assertThatThrownBy(this::random)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the provider is closed");
    }

    @Test
    void close_byAnInterruptedThread_endsTheLibrary() {
        Thread.currentThread().interrupt();

        token.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(fake.calls("finalizeLibrary")).isEqualTo(1);
    }

    @Test
    void close_libraryThatSomebodyElseStarted_isNotEnded() {
        fake.fail("initialize", Ckr.CRYPTOKI_ALREADY_INITIALIZED);
        TokenSessions other = open("fake");
        assertThat(other.<Integer>call(session -> session.random(BYTES).length)).isEqualTo(BYTES);

        other.close();

        assertThat(fake.calls("finalizeLibrary")).isZero();
        assertThat(random()).isEqualTo(BYTES);
    }

    private static void assertRetryable(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .asInstanceOf(type(ProviderException.class))
                .matches(ProviderException::isRetryable, "can be retried");
    }

    private static void assertPermanent(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .asInstanceOf(type(ProviderException.class))
                .matches(e -> !e.isRetryable(), "cannot be retried");
    }
}
