package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.crypto.Sm4GcmHkdfSm3;
import io.keycask.kms.crypto.Xaes256Gcm;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyCacheTest {
    private static final byte[] NONCE = new byte[Xaes256Gcm.NONCE_BYTES];
    private static final byte[] NONE = new byte[0];

    private final List<AeadKey> unsealed = new ArrayList<>();

    @Test
    void use_again_unsealsOnce() {
        KeyCache<AeadKey> cache = new KeyCache<>(2, AeadKey::close);

        byte[] first = use(cache, handle(1));
        byte[] second = use(cache, handle(1));

        assertThat(second).isEqualTo(first);
        assertThat(unsealed).hasSize(1);
    }

    @Test
    void use_anotherTokenOfTheSameVersion_isAnotherKey() {
        KeyCache<AeadKey> cache = new KeyCache<>(2, AeadKey::close);
        KeyHandle key = handle(1);

        use(cache, key);
        use(cache, KeyHandle.of(key.spec(), key.version(), new byte[] {9}));

        assertThat(unsealed).hasSize(2);
    }

    @Test
    void use_moreKeysThanFit_wipesTheOnesThatWereNotUsedAgain() {
        KeyCache<AeadKey> cache = new KeyCache<>(2, AeadKey::close);
        use(cache, handle(1));
        use(cache, handle(2));
        use(cache, handle(1)); // marked

        use(cache, handle(3));

        assertThat(cache.size()).isEqualTo(2);
        assertThat(isWiped(unsealed.get(0))).isFalse();
        assertThat(isWiped(unsealed.get(1))).isTrue();
        assertThat(isWiped(unsealed.get(2))).isFalse();
    }

    @Test
    void use_allMarked_stillMakesRoom() {
        KeyCache<AeadKey> cache = new KeyCache<>(2, AeadKey::close);
        for (int round = 0; round < 3; round++) {
            for (int id = 0; id < 10; id++) {
                use(cache, handle(id));
                use(cache, handle(id));
            }
        }

        assertThat(cache.size()).isEqualTo(2);
        assertThat(unsealed.stream().filter(key -> !isWiped(key))).hasSize(2);
    }

    @Test
    void use_whileTheKeyIsEvicted_isRepeatedWithAFreshKey() {
        KeyCache<AeadKey> cache = new KeyCache<>(1, AeadKey::close);
        byte[] expected = use(cache, handle(1));
        AtomicInteger attempts = new AtomicInteger();

        byte[] sealed = cache.use(handle(1), this::unseal, key -> {
            if (attempts.getAndIncrement() == 0) {
                use(cache, handle(2)); // takes the only place
                assertThat(isWiped(key)).isTrue();
            }
            return key.seal(NONCE, NONE, NONE);
        });

        assertThat(sealed).isEqualTo(expected);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void use_actionFailsByItself_isNotRepeated() {
        KeyCache<AeadKey> cache = new KeyCache<>(1, AeadKey::close);
        use(cache, handle(1));
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> cache.use(handle(1), this::unseal, key -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");

        assertThat(attempts).hasValue(1);
    }

    @Test
    void forget_wipesEveryTokenOfTheVersion() {
        KeyCache<AeadKey> cache = new KeyCache<>(8, AeadKey::close);
        KeyHandle key = handle(1);
        use(cache, key);
        use(cache, KeyHandle.of(key.spec(), key.version(), new byte[] {9}));
        use(cache, handle(2));

        cache.forget(key.version());

        assertThat(cache.size()).isEqualTo(1);
        assertThat(unsealed.stream().filter(KeyCacheTest::isWiped)).hasSize(2);
    }

    @Test
    void forget_whileTheKeyIsUnsealed_doesNotLeaveItInTheCache() {
        KeyCache<AeadKey> cache = new KeyCache<>(8, AeadKey::close);

        cache.use(
                handle(1),
                key -> {
                    cache.forget(key.version());
                    return unseal(key);
                },
                key -> key.seal(NONCE, NONE, NONE));

        assertThat(cache.size()).isZero();
        assertThat(isWiped(unsealed.get(0))).isTrue();
    }

    @Test
    void close_wipesAllAndRefusesEveryUse() {
        KeyCache<AeadKey> cache = new KeyCache<>(8, AeadKey::close);
        use(cache, handle(1));
        use(cache, handle(2));

        cache.close();

        assertThat(cache.size()).isZero();
        assertThat(unsealed).allMatch(KeyCacheTest::isWiped);
        assertThatThrownBy(() -> use(cache, handle(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the provider is closed");
    }

    @Test
    void close_whileAKeyIsUnsealed_wipesItToo() {
        KeyCache<AeadKey> cache = new KeyCache<>(8, AeadKey::close);
        AtomicReference<AeadKey> late = new AtomicReference<>();

        cache.use(
                handle(1),
                key -> {
                    cache.close();
                    late.set(unseal(key));
                    return late.get();
                },
                key -> NONE);

        assertThat(isWiped(late.get())).isTrue();
    }

    /** Eight threads, twenty keys, three places: no call may ever fail, or see another key than its own. */
    @ParameterizedTest(name = "{0} places")
    @ValueSource(ints = {1, 3})
    void use_manyThreadsThatEvictEachOther_isAlwaysRight(int places) throws Exception {
        KeyCache<AeadKey> cache = new KeyCache<>(places, AeadKey::close);
        List<byte[]> expected = new ArrayList<>();
        for (int id = 0; id < 20; id++) {
            expected.add(seal(id));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 600; i++) {
                        int id = (i * (thread + 1)) % 20;
                        byte[] sealed = cache.use(handle(id), key -> keyOf(id), key -> key.seal(NONCE, NONE, NONE));
                        assertThat(sealed).isEqualTo(expected.get(id));
                        if (i % 50 == 0) {
                            cache.forget(handle(id).version());
                        }
                    }
                }));
            }
            for (Future<?> done : running) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(cache.size()).isLessThanOrEqualTo(places);
    }

    private byte[] use(KeyCache<AeadKey> cache, KeyHandle handle) {
        return cache.use(handle, this::unseal, key -> key.seal(NONCE, NONE, NONE));
    }

    private AeadKey unseal(KeyHandle handle) {
        AeadKey key = keyOf((int) handle.version().versionId().value());
        unsealed.add(key);
        return key;
    }

    /** A key of either kind. */
    private static AeadKey keyOf(int id) {
        return id % 2 == 0 ? Xaes256Gcm.of(Samples.bytesFrom(id, 32)) : Sm4GcmHkdfSm3.of(Samples.bytesFrom(id, 16));
    }

    private static byte[] seal(int id) {
        try (AeadKey key = keyOf(id)) {
            return key.seal(NONCE, NONE, NONE);
        }
    }

    private static KeyHandle handle(int id) {
        return KeyHandle.of(
                KeySpec.AES_256, new KeyVersionRef(new KeyId(new UUID(0, id)), new KeyVersionId(id)), new byte[] {1});
    }

    private static boolean isWiped(AeadKey key) {
        try {
            key.seal(NONCE, NONE, NONE);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
