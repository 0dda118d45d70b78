package io.keycask.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Template;
import io.keycask.kms.pkcs11.session.TokenSelector;
import io.keycask.kms.pkcs11.session.TokenSessions;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens on a real token when something is not as it should be. */
final class SoftHsmTokenTest {
    private static final int THREADS = 8;
    private static final byte[] PLAINTEXT = "the quick brown fox".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AAD = {1, 2, 3};

    private final Pkcs11Configuration token = SoftHsm.newToken();

    @TempDir
    Path folder;

    // ---- opening

    @Test
    void open_wrongPin_isTriedOnce() {
        AtomicInteger asked = new AtomicInteger();
        Pin wrong = Pin.callback(() -> {
            asked.incrementAndGet();
            return "4321-wrong".toCharArray();
        });

        assertPermanent(
                () -> Pkcs11Provider.open(token.pin(wrong)),
                "the PIN is refused and not tried again: C_Login returned");
        assertThat(asked).hasValue(1);
    }

    @Test
    void open_unknownToken_listsThoseThatThereAre() {
        String label = token.tokenLabel().orElseThrow();

        assertPermanent(
                () -> Pkcs11Provider.open(token.tokenLabel("no such token")),
                "0 tokens fit label 'no such token'; expected one of [",
                "'" + label + "' (serial ");
        assertPermanent(() -> Pkcs11Provider.open(token.tokenSerial("none")), "0 tokens fit label '" + label);
    }

    @Test
    void open_withoutAChoiceOfToken_isRefused() {
        Pkcs11Configuration none = Pkcs11Configuration.library(SoftHsm.library());

        assertThatThrownBy(() -> Pkcs11Provider.open(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no token is chosen");
    }

    @Test
    void open_noPkcs11Library_isRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.so"), "no library");

        for (Path file : List.of(text, folder.resolve("missing.so"))) {
            assertPermanent(
                    () -> Pkcs11Provider.open(Pkcs11Configuration.library(file).tokenLabel("any")),
                    file.getFileName().toString());
        }
    }

    // ---- keys that are not what they should be

    @Test
    void encrypt_keyDestroyedByAnother_failsForGoodAndLeavesOthers() {
        try (Pkcs11Provider provider = Pkcs11Provider.open(token);
                Pkcs11Provider other = Pkcs11Provider.open(token)) {
            KeyHandle lost = provider.create(KeySpec.AES_256, version());
            KeyHandle kept = provider.create(KeySpec.AES_256, version());
            Sealed sealed = provider.encrypt(lost, PLAINTEXT, AAD);

            other.destroy(lost);

            assertPermanent(() -> provider.encrypt(lost, PLAINTEXT, AAD), "the token has no key kms/" + lost.version());
            assertPermanent(() -> provider.decrypt(lost, sealed, AAD), "the token has no key");
            assertWorks(provider, kept);
        }
    }

    @Test
    void encrypt_twoKeysOfOneName_isRefused() {
        KeyVersionRef version = version();
        TokenObject object = TokenObject.secret("kms/" + version);
        plant(object.template().with(Cka.VALUE, new byte[32]));
        plant(object.template().with(Cka.VALUE, new byte[32]));

        try (Pkcs11Provider provider = Pkcs11Provider.open(token)) {
            assertPermanent(() -> provider.create(KeySpec.AES_256, version), "the token has 2 keys kms/" + version);
            assertWorks(provider, provider.create(KeySpec.AES_256, version()));
        }
    }

    @Test
    void create_keyThatCanBeTakenOutIsThere_isRefused() {
        KeyVersionRef version = version();
        plant(TokenObject.secret("kms/" + version)
                .template()
                .with(Cka.SENSITIVE, false)
                .with(Cka.EXTRACTABLE, true)
                .with(Cka.VALUE, new byte[32]));

        try (Pkcs11Provider provider = Pkcs11Provider.open(token)) {
            assertPermanent(() -> provider.create(KeySpec.AES_256, version), "can be taken out of the token");
        }
    }

    private void plant(Template template) {
        try (TokenSessions sessions = TokenSessions.open(
                token.library(),
                Optional.empty(),
                new TokenSelector(token.tokenLabel(), token.tokenSerial(), token.slotId()),
                token.pin().map(pin -> pin::get),
                1,
                Duration.ofSeconds(5),
                Duration.ZERO)) {
            assertThat(sessions.<Long>change(session -> session.createObject(template)))
                    .isPositive();
        }
    }

    // ---- several at once

    @Test
    void oneSession_eightThreads_takeTurns() throws Exception {
        try (Pkcs11Provider provider = Pkcs11Provider.open(token.maxSessions(1).sessionWait(Duration.ofMinutes(1)))) {
            KeyHandle key = provider.create(KeySpec.AES_256, version());

            inParallel(() -> {
                for (int i = 0; i < 20; i++) {
                    assertWorks(provider, key);
                }
                return true;
            });
        }
    }

    @Test
    void callsWithALimitOfTime_work() throws Exception {
        try (Pkcs11Provider provider = Pkcs11Provider.open(token.callTimeout(Duration.ofMinutes(1)))) {
            KeyHandle key = provider.create(KeySpec.AES_256, version());

            inParallel(() -> {
                assertWorks(provider, key);
                return true;
            });
        }
    }

    @Test
    void twoProvidersOnOneToken_theEndOfOneLeavesTheOther() {
        try (Pkcs11Provider first = Pkcs11Provider.open(token)) {
            KeyHandle key = first.create(KeySpec.AES_256, version());
            try (Pkcs11Provider second = Pkcs11Provider.open(token)) {
                assertWorks(second, key);
            }
            assertWorks(first, key);
        }
        try (Pkcs11Provider again = Pkcs11Provider.open(token)) {
            assertThat(again.health().isUp()).isTrue();
        }
    }

    @Test
    void close_whileOthersWork_letsCallsEndAndRefusesFurtherOnes() throws Exception {
        Pkcs11Provider provider = Pkcs11Provider.open(token);
        KeyHandle key = provider.create(KeySpec.AES_256, version());
        CountDownLatch working = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> worksUntilClosed(provider, key, working)));
            }
            working.await();
            provider.close();
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(provider.health().isUp()).isFalse();
    }

    private static boolean worksUntilClosed(Pkcs11Provider provider, KeyHandle key, CountDownLatch working) {
        assertWorks(provider, key);
        working.countDown();
        while (true) {
            try {
                assertWorks(provider, key);
            } catch (IllegalStateException e) {
                return "the provider is closed".equals(e.getMessage());
            }
        }
    }

    private static void inParallel(Callable<Boolean> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Boolean> end : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                assertThat(end.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertWorks(Pkcs11Provider provider, KeyHandle key) {
        try (SecretBytes opened = provider.decrypt(key, provider.encrypt(key, PLAINTEXT, AAD), AAD)) {
            assertThat(opened.copy()).isEqualTo(PLAINTEXT);
        }
    }

    private static KeyVersionRef version() {
        return new KeyVersionRef(new KeyId(UUID.randomUUID()), new KeyVersionId(1));
    }

    private static void assertPermanent(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .hasMessageContainingAll(parts)
                .asInstanceOf(type(ProviderException.class))
                .matches(e -> !e.isRetryable(), "cannot be retried");
    }
}
