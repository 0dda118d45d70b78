package io.keycask.kms.core;

import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Opens engines for tests. */
final class TestKms {
    private TestKms() {}

    static EmbeddedKms.Builder builder(Path folder) {
        return builder(folder, JdbcStore.sqlite(folder.resolve("keys.db")));
    }

    /** Returns a builder for this store, with the root key in the folder. */
    static EmbeddedKms.Builder builder(Path folder, JdbcStore store) {
        return EmbeddedKms.builder()
                .store(store)
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .maintenanceInterval(Duration.ZERO);
    }

    /** Opens an engine with another root key, which knows the earlier one. */
    static EmbeddedKms withNewRootKey(Path folder) {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root-2.key")))
                        .previously(RootKey.file(folder.resolve("secrets/root.key"))))
                .maintenanceInterval(Duration.ZERO)
                .build();
    }

    /** Opens an engine with the other root key, which does not know the earlier one any more. */
    static EmbeddedKms withNewRootKeyOnly(Path folder) {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root-2.key"))))
                .maintenanceInterval(Duration.ZERO)
                .build();
    }

    /** Opens an engine whose clock, and the database's, is this one. */
    static EmbeddedKms open(Path folder, MutableClock clock) {
        return open(builder(folder), clock);
    }

    static EmbeddedKms open(EmbeddedKms.Builder builder, MutableClock clock) {
        return builder.clock(clock).storeWrapper(store -> clocked(store, clock)).build();
    }

    /** Returns the store with this clock in the place of the database's. */
    static Store clocked(Store store, MutableClock clock) {
        return new DelegatingStore(store) {
            @Override
            public Instant databaseTime() {
                return clock.instant();
            }
        };
    }
}
