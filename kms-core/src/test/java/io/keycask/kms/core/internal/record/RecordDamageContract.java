package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.RecordCipher;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exhaustive damage: no altered record is accepted, and none says more than "rejected". */
abstract class RecordDamageContract {
    private final int keyBytes;
    private final RecordCipher cipher;

    RecordDamageContract(int keyBytes) {
        this.keyBytes = keyBytes;
        this.cipher = Fixture.standard(bytes(keyBytes, 1));
    }

    @AfterEach
    void close() {
        cipher.close();
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 40})
    void decrypt_anyBitFlipped_isRejected(int size) {
        byte[] record = cipher.encrypt(bytes(size, 2), PLACE);

        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] damaged = record.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRejected(cipher, damaged, PLACE, "bit " + bit);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 40})
    void decrypt_cutAtAnyLengthOrLonger_isRejected(int size) {
        byte[] record = cipher.encrypt(bytes(size, 3), PLACE);

        for (int length = 0; length <= record.length + 20; length++) {
            if (length != record.length) {
                assertRejected(cipher, Arrays.copyOf(record, length), PLACE, length + " bytes");
            }
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 40})
    void decrypt_anyTwoFieldsSwapped_isRejected(int size) {
        byte[] one = cipher.encrypt(bytes(size, 4), PLACE);
        byte[] other = cipher.encrypt(bytes(size, 5), PLACE);
        int[] fields = {0, 1, 13, 25, 25 + size, one.length};

        for (int field = 2; field < fields.length - 1; field++) {
            byte[] mixed = one.clone();
            int length = fields[field + 1] - fields[field];
            System.arraycopy(other, fields[field], mixed, fields[field], length);
            if (length > 0) {
                assertRejected(cipher, mixed, PLACE, "field " + field + " of another record");
            }
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 40})
    void decrypt_elsewhere_isRejected(int size) {
        byte[] record = cipher.encrypt(bytes(size, 6), PLACE);

        assertRejected(cipher, record, new byte[0], "no associated data");
        assertRejected(cipher, record, Arrays.copyOf(PLACE, PLACE.length + 1), "a byte more");
        for (int bit = 0; bit < PLACE.length * 8; bit++) {
            byte[] place = PLACE.clone();
            place[bit / 8] ^= (byte) (1 << bit % 8);
            assertRejected(cipher, record, place, "bit " + bit + " of the associated data");
        }
        try (RecordCipher stranger = Fixture.standard(bytes(keyBytes, 7))) {
            assertRejected(stranger, record, PLACE, "another key");
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 40})
    void decrypt_anyOtherFormat_isRejected(int size) {
        byte[] record = cipher.encrypt(bytes(size, 8), PLACE);

        for (int format = 0; format < 256; format++) {
            byte[] damaged = record.clone();
            damaged[0] = (byte) format;
            if (damaged[0] != record[0]) {
                assertRejected(cipher, damaged, PLACE, "format " + format);
            }
        }
    }

    private static void assertRejected(RecordCipher cipher, byte[] record, byte[] place, String how) {
        byte[] out = new byte[record.length];
        assertThatThrownBy(() -> cipher.decrypt(record, place))
                .as(how)
                .isExactlyInstanceOf(DecryptionException.class)
                .hasMessage(new DecryptionException().getMessage());
        assertThatThrownBy(() -> cipher.decrypt(record, 0, record.length, place, out, 0))
                .as(how)
                .isExactlyInstanceOf(DecryptionException.class);
        assertThat(out).as(how).isEqualTo(new byte[record.length]);
    }
}
