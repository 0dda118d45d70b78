package io.keycask.kms.core;

import io.keycask.kms.spi.MemoryProvider;
import java.util.stream.IntStream;

final class LifecycleModelTest extends LifecycleModelContract {
    private static final int STORES = 20;

    LifecycleModelTest() {
        super(50);
    }

    static IntStream seeds() {
        return IntStream.range(0, STORES);
    }

    @Override
    EmbeddedKms open(MutableClock clock, MemoryProvider device) {
        return TestKms.open(TestKms.builder(folder).provider(device), clock);
    }
}
