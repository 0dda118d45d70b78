package io.keycask.kms.core;

import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.file.Path;
import java.time.Duration;

/** Opens engines for tests. */
final class TestKms {
    private TestKms() {}

    static EmbeddedKms.Builder builder(Path folder) {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .maintenanceInterval(Duration.ZERO);
    }

    /** Opens an engine whose clock, and the database's, is this one. */
    static EmbeddedKms open(Path folder, MutableClock clock) {
        return builder(folder)
                .clock(clock)
                .storeWrapper(store -> new ClockedStore(store, clock))
                .build();
    }
}
