package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SecretBytesTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void copyOf_leavesTheSourceAlone_takeFromWipesIt() {
        byte[] source = BYTES.clone();

        assertThat(SecretBytes.copyOf(source).copy()).isEqualTo(BYTES);
        assertThat(source).isEqualTo(BYTES);

        assertThat(SecretBytes.takeFrom(source).copy()).isEqualTo(BYTES);
        assertThat(source).containsOnly(0);
    }

    @Test
    void copyOf_doesNotKeepTheSource() {
        byte[] source = BYTES.clone();
        SecretBytes secret = SecretBytes.copyOf(source);

        Arrays.fill(source, (byte) 9);

        assertThat(secret.copy()).isEqualTo(BYTES);
    }

    @Test
    void close_wipesAndRefusesEveryUse() {
        SecretBytes secret = SecretBytes.copyOf(BYTES);
        byte[] lent = secret.use(bytes -> bytes);

        secret.close();
        secret.close();

        assertThat(lent).containsOnly(0);
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secret.use(bytes -> 1)).isInstanceOf(IllegalStateException.class);
        assertThat(secret.size()).isEqualTo(3);
    }

    @Test
    void use_actionThrows_passesItOnAndReturnsTheBytes() {
        SecretBytes secret = SecretBytes.copyOf(BYTES);
        AtomicReference<byte[]> lent = new AtomicReference<>();

        assertThatThrownBy(() -> secret.use(bytes -> {
                    lent.set(bytes);
                    throw new IOException("disk");
                }))
                .isInstanceOf(IOException.class);
        secret.close();

        assertThat(lent.get()).containsOnly(0);
    }

    @Test
    @Timeout(20)
    void close_whileLent_wipesWhenTheLastBorrowerIsDone() throws Exception {
        SecretBytes secret = SecretBytes.copyOf(BYTES);
        CountDownLatch lent = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<byte[]> inner = new AtomicReference<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<byte[]>> borrowers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                borrowers.add(threads.submit(() -> secret.use(bytes -> {
                    inner.set(bytes);
                    lent.countDown();
                    goOn.await();
                    return bytes.clone();
                })));
            }
            lent.await();

            secret.close();

            assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
            assertThat(inner.get()).isEqualTo(BYTES);
            goOn.countDown();
            for (Future<byte[]> borrower : borrowers) {
                assertThat(borrower.get()).isEqualTo(BYTES);
            }
            assertThat(inner.get()).containsOnly(0);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever gets the bytes gets them whole, however the close falls in between. */
    @Test
    @Timeout(60)
    void close_racingWithUse_neverShowsWipedBytes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 500; round++) {
                SecretBytes secret = SecretBytes.copyOf(BYTES);
                CyclicBarrier start = new CyclicBarrier(4);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    boolean closes = i == 0;
                    running.add(threads.submit(() -> {
                        start.await();
                        if (closes) {
                            secret.close();
                        } else {
                            borrow(secret);
                        }
                        return null;
                    }));
                }
                for (Future<?> done : running) {
                    done.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void borrow(SecretBytes secret) {
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(secret.copy()).isEqualTo(BYTES);
            }
        } catch (IllegalStateException closed) {
            // the other possible end
        }
    }

    @Test
    void identity_notContents() {
        SecretBytes one = SecretBytes.copyOf(BYTES);

        assertThat(one).isNotEqualTo(SecretBytes.copyOf(BYTES)).isEqualTo(one);
        assertThat(one).hasToString("SecretBytes[3 bytes]").isNotInstanceOf(Serializable.class);
    }
}
