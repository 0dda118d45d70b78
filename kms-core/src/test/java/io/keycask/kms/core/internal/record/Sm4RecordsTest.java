package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.RecordCipher;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records under an SM4 data key; what does not depend on the suite is tested with AES. */
final class Sm4RecordsTest {
    private static final byte[] DATA_KEY = bytes(16, 1);

    private final RecordCipher cipher = Fixture.standard(DATA_KEY);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @AfterEach
    void close() {
        cipher.close();
    }

    @Test
    void keySpec_isThatOfTheCustomerMasterKey() {
        assertThat(Records.keySpec(KeySpec.SM4)).isEqualTo(DataKeySpec.SM4_128);
        assertThat(Records.keySpec(KeySpec.AES_256)).isEqualTo(DataKeySpec.AES_256);
    }

    @Test
    void decrypt_anySizeUpTo300_returnsTheValue() {
        for (int size = 0; size <= 300; size++) {
            byte[] value = bytes(size, size);
            byte[] record = cipher.encrypt(value, PLACE);

            assertThat(record).hasSize(RecordCipher.recordBytes(size));
            assertThat(record[0]).isEqualTo((byte) 2);
            assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
        }
    }

    @Test
    void decrypt_longestValue_returnsIt() {
        byte[] value = bytes(RecordCipher.MAX_VALUE_BYTES, 1);

        assertThat(cipher.decrypt(cipher.encrypt(value, PLACE), PLACE)).isEqualTo(value);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void open_byBouncyCastle_returnsTheValue(long seed) throws Exception {
        RandomGenerator random = Fixture.random(seed);
        byte[] value = bytes(random.nextInt(1_000), seed);
        byte[] place = bytes(random.nextInt(100), seed + 1);

        byte[] record = cipher.encrypt(value, place);

        assertThat(BouncyCastleSm4Records.open(DATA_KEY, record, place)).isEqualTo(value);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decrypt_recordOfBouncyCastle_returnsTheValue(long seed) throws Exception {
        byte[] value = bytes((int) seed * 31, seed);
        byte[] record = BouncyCastleSm4Records.seal(DATA_KEY, bytes(24, seed), value, PLACE);

        assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
    }

    @Test
    void batchesAndCallersArrays_holdTheSameRecords() {
        List<byte[]> values = List.of(bytes(0, 1), bytes(10, 2), bytes(500, 3));
        List<byte[]> places = List.of(PLACE, new byte[0], PLACE);
        byte[] array = new byte[600];

        List<byte[]> records = cipher.encryptAll(values, places);
        int written = cipher.encrypt(values.get(2), 0, 500, PLACE, array, 7);
        int opened = cipher.decrypt(array, 7, written, PLACE, array, 0);

        assertThat(cipher.decryptAll(records, places)).containsExactlyElementsOf(values);
        assertThat(Arrays.copyOf(array, opened)).isEqualTo(values.get(2));
    }

    @Test
    void encrypt_afterTheLimit_usesAnotherPrefix() {
        try (RecordCipher limited = Fixture.seeded(DATA_KEY, 1, 3, 2)) {
            Set<String> prefixes = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                byte[] record = limited.encrypt(PLACE, PLACE);
                prefixes.add(Arrays.toString(Fixture.prefix(record)));

                assertThat(prefixes).hasSize(i / 3 + 1);
                assertThat(limited.decrypt(record, PLACE)).isEqualTo(PLACE);
            }
        }
    }

    @Test
    void decrypt_recordOfTheOtherSuite_isRejected() {
        try (RecordCipher aes = Fixture.standard(bytes(32, 1))) {
            byte[] ofAes = aes.encrypt(PLACE, PLACE);
            byte[] ofSm4 = cipher.encrypt(PLACE, PLACE);

            assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> cipher.decrypt(ofAes, PLACE));
            assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> aes.decrypt(ofSm4, PLACE));
        }
    }
}
