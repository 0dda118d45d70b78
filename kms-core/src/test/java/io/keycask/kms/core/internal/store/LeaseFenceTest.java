package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who lost a lease can write nothing under it any more. */
@Timeout(60)
final class LeaseFenceTest {
    private static final TestAnchor ANCHOR = new TestAnchor(1);
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Store open() {
        return SqliteStore.open(folder.resolve("keys.db"), ANCHOR, new Instance("test", LONG));
    }

    @Test
    void write_underALeaseThatIsHeld_commits() {
        try (Store store = open()) {
            Store.Lease lease = store.lease("maintenance", LONG).orElseThrow();

            KeyRecord key = store.write(transaction -> {
                transaction.require(lease);
                return transaction.insert(TestKeys.key("orders"));
            });

            assertThat(store.key(key.id())).isPresent();
        }
    }

    @Test
    void write_underALeaseThatAnotherProcessTookOver_changesNothing() {
        try (Store late = open();
                Store next = open()) {
            Store.Lease lost = late.lease("maintenance", Duration.ZERO).orElseThrow();
            Optional<Store.Lease> taken = Optional.empty();
            while (taken.isEmpty()) {
                taken = next.lease("maintenance", LONG);
            }
            KeyRecord key = TestKeys.key("orders");

            assertThatExceptionOfType(LeaseLostException.class)
                    .isThrownBy(() -> late.write(transaction -> {
                        transaction.insert(key);
                        transaction.require(lost);
                        return true;
                    }));

            assertThat(late.key(key.id())).isEmpty();
            assertThat(taken.orElseThrow().fence()).isEqualTo(lost.fence() + 1);
            assertThat(late.lease("maintenance", LONG)).isEmpty();
        }
    }
}
