package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.RecordCipher;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrefixKeyCacheTest {
    private static final byte[] DATA_KEY = bytes(32, 1);

    private final RecordKey key = RecordSuite.XAES_256_GCM.derive(DATA_KEY);
    private final PrefixKeyCache cache = new PrefixKeyCache(key, 3);
    private final RecordCipher writer = Fixture.seeded(DATA_KEY, 1, 1, 1);

    @AfterEach
    void close() {
        cache.close();
        key.close();
        writer.close();
    }

    @Test
    void open_manyPrefixes_keepsAtMostTheBound() {
        for (int i = 0; i < 20; i++) {
            open(writer.encrypt(PLACE, PLACE));

            assertThat(cache.size()).isEqualTo(Math.min(i + 1, 3));
        }
    }

    @Test
    void open_samePrefix_keepsOneKey() {
        byte[] record = writer.encrypt(PLACE, PLACE);

        open(record);
        open(record);

        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void open_forgedRecord_keepsNoKey() {
        byte[] forged = writer.encrypt(PLACE, PLACE);
        forged[5] ^= 1;

        assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> open(forged));

        assertThat(cache.size()).isZero();
    }

    @Test
    void open_afterClose_keepsNoKey() {
        byte[] record = writer.encrypt(PLACE, PLACE);
        open(record);

        cache.close();
        open(record);
        assertThat(cache.size()).isZero();
        key.close();
        assertThatIllegalStateException().isThrownBy(() -> open(record));
    }

    @Test
    void prefix_toBytes_isWhatItWasReadFrom() {
        byte[] bytes = bytes(20, 3);
        Prefix prefix = Prefix.at(bytes, 5);

        assertThat(prefix.toBytes()).containsExactly(Arrays.copyOfRange(bytes, 5, 17));
        assertThat(Prefix.at(prefix.toBytes(), 0)).isEqualTo(prefix);
    }

    private void open(byte[] record) {
        cache.open(record, 0, record.length, PLACE, new byte[PLACE.length], 0);
    }
}
