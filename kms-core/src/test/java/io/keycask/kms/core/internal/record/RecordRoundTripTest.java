package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.RecordCipher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordRoundTripTest {
    private static final byte[] DATA_KEY = bytes(32, 1);

    private final RecordCipher cipher = Fixture.standard(DATA_KEY);

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @AfterEach
    void close() {
        cipher.close();
    }

    @Test
    void decrypt_anySizeUpTo300_returnsTheValue() {
        for (int size = 0; size <= 300; size++) {
            byte[] value = bytes(size, size);
            byte[] record = cipher.encrypt(value, PLACE);

            assertThat(record).hasSize(RecordCipher.recordBytes(size));
            assertThat(RecordCipher.valueBytes(record.length)).isEqualTo(size);
            assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 16_385, 1_000_003, RecordCipher.MAX_VALUE_BYTES})
    void decrypt_largeValue_returnsIt(int size) {
        byte[] value = bytes(size, size);

        assertThat(cipher.decrypt(cipher.encrypt(value, PLACE), PLACE)).isEqualTo(value);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void open_byBouncyCastle_returnsTheValue(long seed) throws Exception {
        RandomGenerator random = Fixture.random(seed);
        byte[] value = bytes(random.nextInt(300), seed);
        byte[] place = bytes(random.nextInt(100), seed + 1);
        byte[] key = oracleKey();

        byte[] record = cipher.encrypt(value, place);
        byte[] sealed = Arrays.copyOfRange(record, 25, record.length);

        assertThat(record[0]).isEqualTo((byte) 1);
        assertThat(BouncyCastleXaes.open(key, Fixture.nonce(record), place, sealed))
                .isEqualTo(value);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decrypt_recordOfBouncyCastle_returnsTheValue(long seed) throws Exception {
        byte[] value = bytes((int) seed * 31, seed);
        byte[] nonce = bytes(24, seed);
        byte[] sealed = BouncyCastleXaes.seal(oracleKey(), nonce, PLACE, value);
        byte[] record = new byte[25 + sealed.length];
        record[0] = 1;
        System.arraycopy(nonce, 0, record, 1, 24);
        System.arraycopy(sealed, 0, record, 25, sealed.length);

        assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
    }

    private static byte[] oracleKey() {
        return BouncyCastleXaes.recordKey(
                DATA_KEY,
                "keycask-record".getBytes(StandardCharsets.US_ASCII),
                "keycask record 1: XAES-256-GCM key".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void callersArrays_atAnyOffset_holdTheResultAndNothingElseChanges(long seed) {
        RandomGenerator random = Fixture.random(seed);
        byte[] in = bytes(400, seed);
        int offset = random.nextInt(100);
        int length = random.nextInt(300);
        int at = random.nextInt(100);
        byte[] record = new byte[500];
        byte[] back = new byte[500];

        int written = cipher.encrypt(in, offset, length, PLACE, record, at);
        int opened = cipher.decrypt(record, at, written, PLACE, back, offset);

        assertThat(written).isEqualTo(length + RecordCipher.OVERHEAD_BYTES);
        assertThat(opened).isEqualTo(length);
        assertThat(Arrays.copyOf(record, at)).containsOnly(0);
        assertThat(Arrays.copyOfRange(record, at + written, 500)).containsOnly(0);
        assertThat(Arrays.copyOfRange(back, offset, offset + length))
                .isEqualTo(Arrays.copyOfRange(in, offset, offset + length));
        assertThat(Arrays.copyOfRange(back, offset + length, 500)).containsOnly(0);
    }

    @Test
    void oneArray_atEveryDistance_isReadBeforeItIsOverwritten() {
        byte[] value = bytes(64, 5);
        for (int at = 0; at <= 150; at++) {
            byte[] both = new byte[300];
            System.arraycopy(value, 0, both, 70, 64);

            int written = cipher.encrypt(both, 70, 64, PLACE, both, at);
            byte[] record = Arrays.copyOfRange(both, at, at + written);
            cipher.decrypt(both, at, written, PLACE, both, 70);

            assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
            assertThat(Arrays.copyOfRange(both, 70, 134)).as("at " + at).isEqualTo(value);
        }
    }

    @Test
    void callersArray_tooShort_isRefusedAndUnchanged() {
        byte[] record = cipher.encrypt(new byte[10], PLACE);
        byte[] small = new byte[50];

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.encrypt(new byte[10], 0, 10, PLACE, small, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.encrypt(new byte[10], 5, 6, PLACE, new byte[100], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.decrypt(record, 0, record.length, PLACE, small, 41));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.decrypt(record, 1, record.length, PLACE, small, 0));
        assertThat(small).containsOnly(0);
    }

    @Test
    void batch_returnsResultsInOrder() {
        List<byte[]> values = new ArrayList<>();
        List<byte[]> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            values.add(bytes(i, i));
            places.add(new byte[] {(byte) i});
        }

        List<byte[]> records = cipher.encryptAll(values, places);

        assertThat(cipher.decryptAll(records, places)).containsExactlyElementsOf(values);
        assertThat(cipher.decrypt(records.get(7), places.get(7))).isEqualTo(values.get(7));
        assertThat(cipher.encryptAll(List.of(), List.of())).isEmpty();
    }

    @Test
    void batch_oneWrong_opensNone() {
        List<byte[]> records =
                new ArrayList<>(cipher.encryptAll(Collections.nCopies(3, new byte[5]), Collections.nCopies(3, PLACE)));
        records.get(2)[30] ^= 1;

        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> cipher.decryptAll(records, Collections.nCopies(3, PLACE)));
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.decryptAll(records, List.of(PLACE)));
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.encryptAll(records, List.of()));
    }

    @Test
    void limits_areKept() {
        byte[] longest = new byte[RecordCipher.MAX_ASSOCIATED_DATA_BYTES];
        byte[] record = cipher.encrypt(new byte[1], longest);
        assertThat(cipher.decrypt(record, longest)).isEqualTo(new byte[1]);

        byte[] longer = new byte[longest.length + 1];
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> cipher.encrypt(new byte[1], longer));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> cipher.decrypt(record, longer));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> cipher.encrypt(new byte[RecordCipher.MAX_VALUE_BYTES + 1], PLACE));
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> RecordCipher.valueBytes(RecordCipher.recordBytes(RecordCipher.MAX_VALUE_BYTES) + 1));
    }

    @Test
    void cipher_ofDataKey_closesTheDataKey() {
        DataKey dataKey = Fixture.dataKey(DATA_KEY);
        DataKey other = Fixture.dataKey(new byte[24]);

        Records.cipher(dataKey).close();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> Records.cipher(other));

        assertThatIllegalStateException().isThrownBy(() -> dataKey.use(byte[]::clone));
        assertThatIllegalStateException().isThrownBy(() -> other.use(byte[]::clone));
    }

    @Test
    void close_twice_thenEveryCallIsRefused() {
        byte[] record = cipher.encrypt(new byte[1], PLACE);
        cipher.close();
        cipher.close();

        assertThatIllegalStateException().isThrownBy(() -> cipher.encrypt(new byte[1], PLACE));
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(record, PLACE));
        assertThatIllegalStateException().isThrownBy(() -> cipher.encrypt(new byte[1], 0, 1, PLACE, new byte[50], 0));
        assertThatIllegalStateException()
                .isThrownBy(() -> cipher.decrypt(record, 0, record.length, PLACE, new byte[1], 0));
        assertThat(cipher).hasToString("RecordCipher");
    }
}
