package io.keycask.kms.core.internal.datakey;

import static io.keycask.kms.core.internal.datakey.FakeProvider.CONTEXT;
import static io.keycask.kms.core.internal.datakey.FakeProvider.ciphertext;
import static io.keycask.kms.core.internal.datakey.FakeProvider.issue;
import static io.keycask.kms.core.internal.datakey.FakeProvider.key;
import static io.keycask.kms.core.internal.datakey.FakeProvider.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.spi.KeyVersionRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CachedDataKeysTest {
    private static final DataKeyLimits LIMITS = new DataKeyLimits(3, Duration.ofSeconds(60), 4, 100);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // a nanoTime that wraps round
    private final FakeProvider provider = new FakeProvider();
    private final CachedDataKeys cache = new CachedDataKeys(LIMITS, now::get);

    @Test
    void issue_upToTheLimitOfMessages_sharesOneKeyThatIsThenWiped() {
        for (int i = 1; i <= 4; i++) {
            assertThat(issueAndClose(issue(1), 0)).as("message " + i).isZero();
            assertThat(provider.isWiped(0)).as("after message " + i).isEqualTo(i == 4);
        }

        assertThat(issueAndClose(issue(1), 0)).isEqualTo(1);
    }

    @Test
    void issue_upToTheLimitOfBytes_sharesOneKey() {
        assertThat(issueAndClose(issue(1), 60)).isZero();
        assertThat(issueAndClose(issue(1), 40)).isZero();

        assertThat(issueAndClose(issue(1), 1)).isEqualTo(1);
        assertThat(provider.isWiped(0)).isTrue();
    }

    @Test
    void issue_longerThanAllBytesOfAKey_getsOneOfItsOwnAndLeavesTheOther() {
        assertThat(issueAndClose(issue(1), 0)).isZero();

        assertThat(issueAndClose(issue(1), 101)).isEqualTo(1);
        assertThat(issueAndClose(issue(1), Long.MAX_VALUE)).isEqualTo(2);

        assertThat(issueAndClose(issue(1), 100)).isZero();
    }

    @Test
    void take_untilTheAge_sharesOneKey() {
        assertThat(issueAndClose(issue(1), 0)).isZero();
        assertThat(openAndClose(opening(1, 7))).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        assertThat(issueAndClose(issue(1), 0)).isZero();
        assertThat(openAndClose(opening(1, 7))).isEqualTo(1);
        now.addAndGet(1);

        assertThat(issueAndClose(issue(1), 0)).isEqualTo(2);
        assertThat(openAndClose(opening(1, 7))).isEqualTo(3);
        assertThat(provider.isWiped(0)).isTrue();
        assertThat(provider.isWiped(1)).isTrue();
    }

    @Test
    void dropExpired_wipesWhatNobodyAsksForAnyMore() {
        issueAndClose(issue(1), 0);
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        issueAndClose(issue(2), 0);

        cache.dropExpired();

        assertThat(provider.isWiped(0)).isTrue();
        assertThat(provider.isWiped(1)).isFalse();
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void take_moreThanThereIsRoomFor_wipesTheOldest() {
        for (int i = 0; i < 4; i++) {
            issueAndClose(issue(i), 0);
            openAndClose(opening(i, i));
        }

        assertThat(cache.size()).isEqualTo(6);
        assertThat(Stream.of(0, 1).map(provider::isWiped)).containsOnly(true);
        assertThat(Stream.of(2, 3, 4, 5, 6, 7).map(provider::isWiped)).containsOnly(false);
    }

    @Test
    void open_anyNumberOfTimes_unwrapsOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(openAndClose(opening(1, 7))).isZero();
        }
    }

    static Stream<IssuedFor> otherThanTheFirst() {
        KeyVersionId one = new KeyVersionId(1);
        return Stream.of(
                new IssuedFor("clerk", List.of(key(1)), one, 32, CONTEXT),
                new IssuedFor("root", List.of(key(2)), one, 32, CONTEXT),
                new IssuedFor("root", List.of(key(1), key(2)), one, 32, CONTEXT),
                new IssuedFor("root", List.of(key(1)), new KeyVersionId(2), 32, CONTEXT),
                new IssuedFor("root", List.of(key(1)), one, 16, CONTEXT),
                new IssuedFor("root", List.of(key(1)), one, 32, EncryptionContext.empty()));
    }

    @ParameterizedTest
    @MethodSource("otherThanTheFirst")
    void issue_anyPartDiffers_getsAnotherKey(IssuedFor other) {
        assertThat(issueAndClose(issue(1), 0)).isZero();

        assertThat(issueAndClose(other, 0)).isEqualTo(1);
        assertThat(issueAndClose(issue(1), 0)).isZero();
    }

    static Stream<OpenedFor> otherThanTheFirstOpened() {
        return Stream.of(
                new OpenedFor("clerk", key(1), ciphertext(7), CONTEXT),
                new OpenedFor("root", key(1), ciphertext(8), CONTEXT),
                new OpenedFor("root", key(1), ciphertext(7), EncryptionContext.empty()));
    }

    @ParameterizedTest
    @MethodSource("otherThanTheFirstOpened")
    void open_anyPartDiffers_isUnwrapped(OpenedFor other) {
        assertThat(openAndClose(opening(1, 7))).isZero();

        assertThat(openAndClose(other)).isEqualTo(1);
    }

    @Test
    void forget_wipesTheKeysUnderThatCmkAndNoOthers() {
        issueAndClose(issue(1), 0);
        openAndClose(opening(1, 7));
        issueAndClose(new IssuedFor("root", List.of(key(2), key(1)), new KeyVersionId(1), 32, CONTEXT), 0);
        issueAndClose(issue(2), 0);

        cache.forget(key(1));

        assertThat(Stream.of(0, 1, 2).map(provider::isWiped)).containsOnly(true);
        assertThat(provider.isWiped(3)).isFalse();
    }

    @Test
    void forget_whileAKeyIsLoaded_letsItServeThatCallOnly() {
        try (Loan loan = cache.issue(issue(1), 0, () -> {
            cache.forget(key(1));
            return provider.make();
        })) {
            assertThat(FakeProvider.numberOf(loan.dataKey())).isZero();
        }

        assertThat(provider.isWiped(0)).isTrue();
        assertThat(issueAndClose(issue(1), 0)).isEqualTo(1);
    }

    @Test
    void forget_ofAnotherCmkWhileAKeyIsLoaded_keepsIt() {
        cache.issue(issue(1), 0, () -> {
                    cache.forget(key(2));
                    return provider.make();
                })
                .close();

        assertThat(issueAndClose(issue(1), 0)).isZero();
    }

    @Test
    void loan_whoseKeyIsWipedMeanwhile_keepsItsOwnCopyUntilItIsClosed() {
        Loan loan = cache.issue(issue(1), 0, provider::make);

        cache.forget(key(1));

        assertThat(provider.isWiped(0)).isTrue();
        assertThat(FakeProvider.numberOf(loan.dataKey())).isZero();
        loan.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> FakeProvider.numberOf(loan.dataKey()));
    }

    @Test
    void take_failingProvider_isNotRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> cache.issue(issue(1), 0, () -> {
                        throw ProviderException.permanent("away", null);
                    }));
        }

        assertThat(cache.size()).isZero();
        assertThat(issueAndClose(issue(1), 0)).isZero();
    }

    @Test
    void wrapped_sameVersionOfARecipient_happensOnce() {
        AtomicInteger wraps = new AtomicInteger();
        KeyVersionRef first = new KeyVersionRef(key(2), new KeyVersionId(1));
        KeyVersionRef rotated = new KeyVersionRef(key(2), new KeyVersionId(2));

        for (KeyVersionRef version : List.of(first, first, rotated, rotated)) {
            try (Loan loan = cache.issue(issue(1), 0, provider::make)) {
                int before = wraps.get();
                Loan.Wrapped wrapped = loan.wrapped(version, () -> ciphertext(wraps.incrementAndGet()));
                assertThat(wrapped.isReused()).isEqualTo(wraps.get() == before);
                assertThat(wrapped.ciphertext()).isEqualTo(ciphertext(version == first ? 1 : 2));
            }
        }

        assertThat(wraps).hasValue(2);
    }

    @Test
    void close_wipesEverythingForGood() {
        issueAndClose(issue(1), 0);
        openAndClose(opening(1, 7));

        cache.close();

        issueAndClose(issue(1), 0);
        assertThat(Stream.of(0, 1, 2).map(provider::isWiped)).containsOnly(true);
        assertThat(cache.size()).isZero();
    }

    @Test
    void none_keepsNothing() {
        CachedDataKeys none = new CachedDataKeys(DataKeyLimits.NONE, now::get);

        for (int i = 0; i < 3; i++) {
            try (Loan issued = none.issue(issue(1), 0, provider::make);
                    Loan opened = none.open(opening(1, 7), provider::make)) {
                assertThat(issued.isReused()).isFalse();
                assertThat(opened.isReused()).isFalse();
            }
        }

        assertThat(provider.calls()).isEqualTo(6);
        assertThat(none.size()).isZero();
    }

    private int issueAndClose(IssuedFor what, long bytes) {
        int before = provider.calls();
        try (Loan loan = cache.issue(what, bytes, provider::make)) {
            assertThat(loan.isReused()).isEqualTo(provider.calls() == before);
            return FakeProvider.numberOf(loan.dataKey());
        }
    }

    private int openAndClose(OpenedFor what) {
        int before = provider.calls();
        try (Loan loan = cache.open(what, provider::make)) {
            assertThat(loan.isReused()).isEqualTo(provider.calls() == before);
            return FakeProvider.numberOf(loan.dataKey());
        }
    }
}
