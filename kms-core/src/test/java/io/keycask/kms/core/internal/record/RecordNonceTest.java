package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.RecordCipher;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordNonceTest {
    private static final byte[] DATA_KEY = bytes(32, 1);

    @Test
    void encrypt_manyRecords_repeatsNoNonceAndKeepsThePrefix() {
        int records = 100_000;
        Set<ByteBuffer> nonces = new HashSet<>();
        Set<ByteBuffer> rests = new HashSet<>();
        Set<ByteBuffer> prefixes = new HashSet<>();
        try (RecordCipher cipher = Fixture.standard(DATA_KEY)) {
            for (int i = 0; i < records; i++) {
                byte[] record = cipher.encrypt(PLACE, PLACE);
                nonces.add(ByteBuffer.wrap(Fixture.nonce(record)));
                rests.add(ByteBuffer.wrap(Fixture.nonce(record), 12, 12).slice());
                prefixes.add(ByteBuffer.wrap(Fixture.prefix(record)));
            }
        }

        assertThat(nonces).hasSize(records);
        assertThat(rests).hasSize(records);
        assertThat(prefixes).hasSize(1);
    }

    @Test
    void encrypt_twoCiphersOfOneKey_useTwoPrefixes() {
        try (RecordCipher one = Fixture.standard(DATA_KEY);
                RecordCipher other = Fixture.standard(DATA_KEY)) {
            assertThat(Fixture.prefix(one.encrypt(PLACE, PLACE)))
                    .isNotEqualTo(Fixture.prefix(other.encrypt(PLACE, PLACE)));
        }
    }

    @Test
    void encrypt_afterTheLimit_usesAnotherPrefix() {
        try (RecordCipher cipher = Fixture.seeded(DATA_KEY, 1, 3, 4)) {
            Set<ByteBuffer> prefixes = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                byte[] record = cipher.encrypt(PLACE, PLACE);
                prefixes.add(ByteBuffer.wrap(Fixture.prefix(record)));

                assertThat(prefixes).hasSize(i / 3 + 1);
                assertThat(cipher.decrypt(record, PLACE)).isEqualTo(PLACE);
            }
        }
    }
}
