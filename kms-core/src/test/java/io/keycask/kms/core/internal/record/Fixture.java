package io.keycask.kms.core.internal.record;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.KeyId;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What most record tests need. */
final class Fixture {
    static final byte[] PLACE = "orders.card.4711".getBytes(StandardCharsets.US_ASCII);

    private Fixture() {}

    /** As users get it. */
    static RecordCipher standard(byte[] dataKey) {
        return Records.cipher(dataKey(dataKey));
    }

    static DataKey dataKey(byte[] bytes) {
        return DataKey.of(new KeyId(new UUID(0, 1)), SecretBytes.copyOf(bytes), Ciphertext.copyOf(new byte[1]));
    }

    /** The same seed makes the same records. */
    static RecordCipher seeded(byte[] dataKey, long seed, long maxRecords, int maxKeys) {
        return with(dataKey, random(seed), maxRecords, maxKeys);
    }

    static RecordCipher with(byte[] dataKey, RandomGenerator random, long maxRecords, int maxKeys) {
        RecordKey key = RecordSuite.ofKeyBytes(dataKey.length).derive(dataKey);
        return new PrefixRecordCipher(
                key, new WritingPrefix(key, random, maxRecords), new PrefixKeyCache(key, maxKeys));
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] nonce(byte[] record) {
        return Arrays.copyOfRange(record, 1, 25);
    }

    static byte[] prefix(byte[] record) {
        return Arrays.copyOfRange(record, 1, 13);
    }
}
