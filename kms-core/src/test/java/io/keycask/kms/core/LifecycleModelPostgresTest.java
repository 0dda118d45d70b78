package io.keycask.kms.core;

import io.keycask.kms.core.internal.store.PostgresServer;
import io.keycask.kms.core.internal.store.TestPool;
import io.keycask.kms.spi.MemoryProvider;
import java.util.stream.IntStream;

final class LifecycleModelPostgresTest extends LifecycleModelContract {
    private static final int STORES = 2;
    private static final int FIRST_SEED = 1_000;

    LifecycleModelPostgresTest() {
        super(8);
    }

    static IntStream seeds() {
        return IntStream.range(FIRST_SEED, FIRST_SEED + STORES);
    }

    @Override
    EmbeddedKms open(MutableClock clock, MemoryProvider device) {
        TestPool pool = new TestPool(PostgresServer.get().newSchema());
        return TestKms.open(TestKms.builder(folder, JdbcStore.postgresql(pool)).provider(device), clock);
    }
}
