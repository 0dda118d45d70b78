package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.Fixture.PLACE;
import static io.keycask.kms.core.internal.record.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.RecordCipher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Eight threads on one cipher. */
final class RecordThreadsTest {
    private static final int THREADS = 8;
    private static final byte[] DATA_KEY = bytes(32, 1);

    @Test
    void encryptAndDecrypt_whilePrefixesAndCachedKeysComeAndGo_areRight() throws Exception {
        int rounds = 2_000;
        int maxRecords = 5;
        ConcurrentLinkedQueue<byte[]> records = new ConcurrentLinkedQueue<>();
        try (RecordCipher cipher = Fixture.with(DATA_KEY, OperatingSystemRandom.create(), maxRecords, 2)) {
            runOnAllThreads(thread -> {
                for (int i = 0; i < rounds; i++) {
                    byte[] value = bytes(i % 70, i);
                    byte[] record = cipher.encrypt(value, PLACE);
                    records.add(record);
                    assertThat(cipher.decrypt(record, PLACE)).isEqualTo(value);
                }
            });
        }

        Set<ByteBuffer> nonces = new HashSet<>();
        records.forEach(record -> nonces.add(ByteBuffer.wrap(Fixture.nonce(record))));
        assertThat(nonces).hasSize(THREADS * rounds);
        assertThat(records.stream()
                        .collect(Collectors.groupingBy(
                                record -> ByteBuffer.wrap(Fixture.prefix(record)), Collectors.counting()))
                        .values())
                .allMatch(count -> count <= maxRecords);
    }

    @Test
    void close_whileInUse_givesTheRightAnswerOrIllegalState() throws Exception {
        for (int round = 0; round < 20; round++) {
            RecordCipher cipher = Fixture.standard(DATA_KEY);
            try (RecordCipher reader = Fixture.standard(DATA_KEY)) {
                runOnAllThreads(thread -> {
                    for (int i = 0; i < 50; i++) {
                        if (thread == 0 && i == 25) {
                            cipher.close();
                        }
                        try {
                            byte[] record = cipher.encrypt(PLACE, PLACE);
                            assertThat(reader.decrypt(record, PLACE)).isEqualTo(PLACE);
                            assertThat(cipher.decrypt(record, PLACE)).isEqualTo(PLACE);
                        } catch (IllegalStateException expected) {
                            return;
                        }
                    }
                });
            }
        }
    }

    private interface Work {
        void run(int thread);
    }

    private static void runOnAllThreads(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> {
                    work.run(thread);
                    return null;
                });
            }
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
