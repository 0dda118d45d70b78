package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AeadKey} does, whatever its algorithm. */
abstract class AeadKeyContract {
    private final RandomGenerator random = new Random(20261123);

    abstract int keyBytes();

    abstract int nonceBytes();

    abstract AeadKey key(byte[] bytes);

    /** The same algorithm by somebody else. */
    abstract byte[] oracle(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void seal_randomMessages_equalsOracle(long seed) throws Exception {
        RandomGenerator seeded = new Random(seed);
        for (int i = 0; i < 150; i++) {
            byte[] keyBytes = bytes(seeded, keyBytes());
            byte[] nonce = bytes(seeded, nonceBytes());
            byte[] aad = bytes(seeded, seeded.nextInt(80));
            byte[] plaintext = bytes(seeded, seeded.nextInt(i % 10 == 0 ? 70_000 : 600));
            try (AeadKey key = key(keyBytes)) {
                byte[] sealed = key.seal(nonce, aad, plaintext);

                assertThat(sealed).isEqualTo(oracle(keyBytes, nonce, aad, plaintext));
                assertThat(key.open(nonce, aad, sealed)).isEqualTo(plaintext);
            }
        }
    }

    @Test
    void open_anyBitFlipped_isRejectedAndWritesNothing() {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] aad = bytes(21);
            byte[] sealed = key.seal(nonce, aad, bytes(61));

            for (byte[] part : List.of(nonce, aad, sealed)) {
                for (int bit = 0; bit < 8 * part.length; bit++) {
                    part[bit / 8] ^= (byte) (1 << bit % 8);
                    assertRejected(key, nonce, aad, sealed);
                    part[bit / 8] ^= (byte) (1 << bit % 8);
                }
            }
        }
    }

    @Test
    void open_cutOrExtended_isRejected() {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] aad = bytes(33);
            byte[] sealed = key.seal(nonce, aad, bytes(61));

            for (int length = 0; length < sealed.length; length++) {
                assertRejected(key, nonce, aad, Arrays.copyOf(sealed, length));
                assertRejected(key, nonce, aad, Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
            }
            for (int length = 0; length < aad.length; length++) {
                assertRejected(key, nonce, Arrays.copyOf(aad, length), sealed);
            }
            assertRejected(key, nonce, aad, Arrays.copyOf(sealed, sealed.length + 1));
            assertRejected(key, nonce, Arrays.copyOf(aad, aad.length + 1), sealed);
        }
    }

    @Test
    void seal_intoArrays_touchesOnlyItsRange() throws Exception {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] aad = bytes(5);
            for (int length : new int[] {0, 1, 15, 16, 17, 255, 256, 257, 1023, 40_000}) {
                byte[] in = bytes(length + 9);
                byte[] out = bytes(length + AeadKey.TAG_BYTES + 11);
                byte[] before = out.clone();
                byte[] expected = key.seal(nonce, aad, Arrays.copyOfRange(in, 4, 4 + length));

                int written = key.seal(nonce, aad, in, 4, length, out, 7);

                assertThat(written).isEqualTo(expected.length);
                assertThat(Arrays.copyOfRange(out, 7, 7 + written)).isEqualTo(expected);
                System.arraycopy(before, 7, out, 7, written);
                assertThat(out).isEqualTo(before);
                byte[] opened = bytes(length + 6);
                before = opened.clone();
                assertThat(key.open(nonce, aad, expected, 0, written, opened, 3))
                        .isEqualTo(length);
                System.arraycopy(in, 4, before, 3, length);
                assertThat(opened).isEqualTo(before);
            }
        }
    }

    @Test
    void sealAndOpen_overlappingArrays_giveTheSameResult() throws Exception {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] aad = bytes(16);
            for (int length : new int[] {0, 1, 40, 1000, 33_000}) {
                byte[] plaintext = bytes(length);
                byte[] expected = key.seal(nonce, aad, plaintext);
                for (int shift : new int[] {0, 1, 8, 12, 16, 31, -1, -12, -16, -40}) {
                    byte[] buffer = new byte[length + 200];
                    System.arraycopy(plaintext, 0, buffer, 80, length);

                    int sealed = key.seal(nonce, aad, buffer, 80, length, buffer, 80 + shift);

                    assertThat(Arrays.copyOfRange(buffer, 80 + shift, 80 + shift + sealed))
                            .isEqualTo(expected);
                    int opened = key.open(nonce, aad, buffer, 80 + shift, sealed, buffer, 80);
                    assertThat(Arrays.copyOfRange(buffer, 80, 80 + opened)).isEqualTo(plaintext);
                }
            }
        }
    }

    @Test
    void seal_sameNonceTwice_isTheSameFunction() {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] plaintext = bytes(100);

            byte[] first = key.seal(nonce, new byte[0], plaintext);

            assertThat(key.seal(nonce, new byte[0], plaintext)).isEqualTo(first);
        }
    }

    @Test
    void anyCall_wrongArguments_isRefused() {
        try (AeadKey key = key(bytes(keyBytes()))) {
            byte[] nonce = bytes(nonceBytes());
            byte[] none = new byte[0];

            assertThatThrownBy(() -> key(bytes(keyBytes() + 1))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> key.seal(none, none, none)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> key.seal(nonce, null, none)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> key.seal(nonce, none, none, 0, 1, new byte[20], 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> key.seal(nonce, none, none, 0, 0, new byte[20], 5))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> key.open(nonce, none, new byte[20], 0, 20, new byte[3], 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> key.seal(nonce, none, none, 0, Integer.MAX_VALUE, none, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void close_thenAnyCall_isRefused() {
        AeadKey key = key(bytes(keyBytes()));
        byte[] nonce = bytes(nonceBytes());
        byte[] sealed = key.seal(nonce, new byte[0], new byte[10]);

        key.close();
        key.close();

        assertThatThrownBy(() -> key.seal(nonce, new byte[0], new byte[10])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.open(nonce, new byte[0], sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneKey_manyThreads_agree() throws Exception {
        byte[] keyBytes = bytes(keyBytes());
        byte[] nonce = bytes(nonceBytes());
        byte[] plaintext = bytes(777);
        byte[] expected = oracle(keyBytes, nonce, nonce, plaintext);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (AeadKey key = key(keyBytes)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                Callable<Boolean> task = () -> {
                    boolean same = true;
                    for (int i = 0; i < 200; i++) {
                        same &= Arrays.equals(key.seal(nonce, nonce, plaintext), expected);
                        same &= Arrays.equals(key.open(nonce, nonce, expected), plaintext);
                    }
                    return same;
                };
                results.add(threads.submit(task));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whatever a racing close does, no message may leave that was sealed under a key half wiped. */
    @Test
    void close_whileSealing_neverSealsUnderAnotherKey() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            byte[] nonce = bytes(nonceBytes());
            byte[] plaintext = bytes(333);
            for (int i = 0; i < 100; i++) {
                byte[] keyBytes = bytes(keyBytes());
                byte[] expected = oracle(keyBytes, nonce, nonce, plaintext);
                AeadKey key = key(keyBytes);
                Future<Boolean> clean = threads.submit(() -> {
                    try {
                        for (int k = 0; k < 100_000; k++) {
                            if (!Arrays.equals(key.seal(nonce, nonce, plaintext), expected)) {
                                return false;
                            }
                        }
                        return true;
                    } catch (IllegalStateException closed) {
                        return true;
                    }
                });
                Thread.onSpinWait();
                key.close();

                assertThat(clean.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    final byte[] bytes(int length) {
        return bytes(random, length);
    }

    static byte[] bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertRejected(AeadKey key, byte[] nonce, byte[] aad, byte[] sealed) {
        byte[] out = new byte[sealed.length];
        assertThatExceptionOfType(AEADBadTagException.class)
                .isThrownBy(() -> key.open(nonce, aad, sealed, 0, sealed.length, out, 0))
                .withMessage("message is not authentic");
        assertThat(out).containsOnly(sealed.length == 0 ? new byte[0] : new byte[] {0});
    }
}
