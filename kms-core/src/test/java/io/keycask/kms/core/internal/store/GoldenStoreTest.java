package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.spi.KeyVersionRef;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that the first release wrote opens, reads and verifies for ever. */
final class GoldenStoreTest {
    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void openACopy() throws Exception {
        Path file = SqliteFile.prepare(folder.resolve("keys.db"));
        try (InputStream golden = GoldenStoreTest.class.getResourceAsStream("/vectors/store-1.db")) {
            Files.write(file, Objects.requireNonNull(golden).readAllBytes());
        }
        store = SqliteStore.open(file, GoldenStore.ANCHOR, Instance.current());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keys_areThoseThatWereWritten() {
        for (KeyRecord key : List.of(GoldenStore.FULL, GoldenStore.EMPTY)) {
            assertThat(store.key(key.id()))
                    .get()
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .isEqualTo(key.stored());
            assertThat(store.idOfAlias(key.alias())).contains(key.id());
        }
        assertThat(store.keys(KeyQuery.all().tag("team", "pay")).items())
                .extracting(KeyRecord::id)
                .containsExactly(GoldenStore.FULL.id());
    }

    @Test
    void audit_isThatWhichWasWrittenAndVerifies() {
        List<AuditEvent> events = new ArrayList<>();
        store.readAudit(entry -> events.add(entry.event()));

        assertThat(events).isEqualTo(GoldenStore.EVENTS);
        assertThat(store.verifyAudit()).isEmpty();
    }

    @Test
    void uses_ofTheKeysAreCountedFromNoneOn() {
        KeyVersionRef version = TestKeys.current(GoldenStore.FULL);

        Store.Block first = store.write(tx -> tx.reserve(version, 0, 5, 8));
        Store.Block second = store.write(tx -> tx.reserve(version, 0, 5, 8));

        assertThat(first).isEqualTo(new Store.Block(0, 5));
        assertThat(second).isEqualTo(new Store.Block(5, 8));
    }

    @Test
    void store_canBeGoneOnWith() {
        KeyRecord key = store.key(GoldenStore.FULL.id()).orElseThrow();

        KeyRecord changed = store.write(tx -> {
            tx.audit(TestKeys.event("UpdateKeyDescription"));
            return tx.update(key.change(draft -> draft.description("")));
        });

        assertThat(store.key(key.id())).get().usingRecursiveComparison().isEqualTo(changed);
        assertThat(store.verifyAudit()).isEmpty();
    }
}
