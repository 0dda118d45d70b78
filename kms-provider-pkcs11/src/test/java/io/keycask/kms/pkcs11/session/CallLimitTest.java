package io.keycask.kms.pkcs11.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.ProviderException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CallLimitTest {
    private static final int THREADS_OF_ONE_SESSION = 3;

    private final CountDownLatch stuck = new CountDownLatch(1);

    private boolean hang() {
        try {
            stuck.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    @Test
    void run_callsThatHang_endAtTheLimitAndThenAtOnce() {
        try (CallLimit limit = CallLimit.of(Duration.ofMillis(20), 1)) {
            for (int i = 0; i < THREADS_OF_ONE_SESSION; i++) {
                assertThatThrownBy(() -> limit.run(this::hang))
                        .isInstanceOf(ProviderException.class)
                        .hasMessage("the library did not answer within 20 ms");
            }
            assertThatThrownBy(() -> limit.run(this::hang))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("all calls into the library are in use or stuck");
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void run_resultOrException_isThatOfTheCall() {
        IllegalArgumentException failure = new IllegalArgumentException("no");
        for (Duration duration : new Duration[] {Duration.ZERO, Duration.ofMinutes(1)}) {
            try (CallLimit limit = CallLimit.of(duration, 1)) {
                assertThat(limit.<String>run(() -> "yes")).isEqualTo("yes");
                assertThatThrownBy(() -> limit.run(() -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
            }
        }
    }

    @Test
    void run_interrupted_ends() {
        try (CallLimit limit = CallLimit.of(Duration.ofMinutes(1), 1)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> limit.run(this::hang))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("interrupted while the library worked");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            stuck.countDown();
        }
    }
}
