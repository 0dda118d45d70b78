package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.StoreException;
import io.keycask.kms.spi.KeyVersionRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does on every kind of database. */
abstract class SqlStoreContract {
    private static final Duration TTL = Duration.ofMinutes(1);

    private final TestDatabase.Kind kind;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Store store;

    SqlStoreContract(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.create(folder);
        store = another();
    }

    private Store another() {
        return database.open(new TestAnchor(1), Instance.current());
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void insert_thenReopen_readsTheSameRecord() {
        KeyRecord stored = store.write(tx -> tx.insert(TestKeys.key("orders")));
        store.close();

        store = another();

        assertThat(store.key(stored.id()))
                .get()
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(stored);
        assertThat(stored.rowVersion()).isEqualTo(1);
        assertThat(store.idOfAlias("orders")).contains(stored.id());
        assertThat(store.rowVersion(stored.id())).isEqualTo(1);
    }

    @Test
    void key_thatIsUnknown_isAbsent() {
        KeyId unknown = new KeyId(UUID.randomUUID());

        assertThat(store.key(unknown)).isEmpty();
        assertThat(store.idOfAlias("orders")).isEmpty();
        assertThat(store.rowVersion(unknown)).isEqualTo(-1);
    }

    @Test
    void insert_aliasOfAnotherKey_isRefused() {
        store.write(tx -> tx.insert(TestKeys.key("orders")));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> store.write(tx -> tx.insert(TestKeys.key("orders"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALIAS_ALREADY_EXISTS));
    }

    @Test
    void update_aliasOfAnotherKey_isRefused() {
        store.write(tx -> tx.insert(TestKeys.key("orders")));
        KeyRecord other = store.write(tx -> tx.insert(TestKeys.key("invoices")));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> store.write(tx -> tx.update(other.change(d -> d.alias("orders")))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALIAS_ALREADY_EXISTS));
    }

    @Test
    void update_versionsAndTags_replacesTheSets() {
        KeyRecord stored = store.write(tx -> tx.insert(TestKeys.key("orders")));
        KeyVersionRecord added = KeyVersionRecord.creating(new KeyVersionId(77), TestKeys.NOON);
        KeyVersionRecord kept = stored.versions().get(1);

        KeyRecord changed = store.write(tx -> tx.update(stored.change(draft -> draft.alias("orders-2")
                .state(KeyState.DISABLED)
                .tags(Map.of("team", "ship"))
                .versions(List.of(kept, added)))));

        assertThat(changed.rowVersion()).isEqualTo(2);
        assertThat(store.key(stored.id())).get().usingRecursiveComparison().isEqualTo(changed);
        assertThat(store.idOfAlias("orders")).isEmpty();
    }

    @Test
    void update_recordThatWasReadBeforeAnotherChange_isRunAgainAndThenRefused() {
        KeyRecord first = store.write(tx -> tx.insert(TestKeys.key("orders")));
        store.write(tx -> tx.update(first.change(d -> d.description("second"))));
        AtomicInteger runs = new AtomicInteger();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.write(tx -> {
                    runs.incrementAndGet();
                    return tx.update(first.change(d -> d.description("third")));
                }))
                .matches(StoreException::isRetryable)
                .withMessageContaining(first.id().toString());
        assertThat(runs.get()).isGreaterThan(1);
        assertThat(store.key(first.id()).orElseThrow().description()).isEqualTo("second");
    }

    @Test
    void delete_key_takesVersionsAndTagsWithIt() {
        KeyRecord stored = store.write(tx -> tx.insert(TestKeys.key("orders")));

        store.write(tx -> {
            tx.delete(stored);
            return true;
        });

        assertThat(store.key(stored.id())).isEmpty();
        assertThat(store.write(tx -> tx.insert(TestKeys.key("orders"))).rowVersion())
                .isEqualTo(1);
    }

    @Test
    void delete_staleRecord_deletesNothing() {
        KeyRecord first = store.write(tx -> tx.insert(TestKeys.key("orders")));
        KeyRecord second = store.write(tx -> tx.update(first.change(d -> d.description("second"))));

        assertThatThrownBy(() -> store.write(tx -> {
                    tx.delete(first);
                    return true;
                }))
                .isInstanceOf(StoreException.class);
        assertThat(store.key(first.id())).get().usingRecursiveComparison().isEqualTo(second);
    }

    @Test
    void write_workThatThrows_leavesNothing() {
        KeyRecord key = TestKeys.key("orders");

        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(key);
                    tx.audit(TestKeys.event("CreateKey"));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(store.key(key.id())).isEmpty();
        assertThat(events()).isEmpty();
        store.audit(List.of(TestKeys.event("Encrypt")));
        assertThat(store.verifyAudit()).isEmpty();
    }

    @Test
    void write_insideAWrite_isRefused() {
        assertThatThrownBy(() -> store.write(tx -> store.write(inner -> true)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void use_afterClose_isRefused() {
        store.close();

        assertThatThrownBy(() -> store.idOfAlias("orders")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(tx -> true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void audit_eventsOfOneTransaction_areChainedInTheirOrder() {
        store.write(tx -> {
            tx.audit(TestKeys.event("CreateKey"));
            tx.audit(TestKeys.event("EnableKey"));
            return tx.insert(TestKeys.key("orders"));
        });
        store.audit(List.of(TestKeys.event("Encrypt")));

        assertThat(events()).containsExactly("CreateKey", "EnableKey", "Encrypt");
        assertThat(store.verifyAudit()).isEmpty();
    }

    @Test
    void lease_heldByOneStore_isNotGivenToAnother() {
        try (Store other = another()) {
            Store.Lease first = store.lease("sweep", TTL).orElseThrow();

            assertThat(other.lease("sweep", TTL)).isEmpty();
            assertThat(store.lease("sweep", TTL)).contains(first);
            assertThat(other.lease("rotation", TTL)).isPresent();
        }
    }

    @Test
    void lease_thatIsOver_goesToAnotherWithAHigherFence() {
        try (Store other = another()) {
            Store.Lease first = store.lease("sweep", Duration.ofMillis(-1)).orElseThrow();
            Store.Lease second = other.lease("sweep", TTL).orElseThrow();

            assertThat(second.fence()).isEqualTo(first.fence() + 1);
            assertThat(store.lease("sweep", TTL)).isEmpty();
        }
    }

    @Test
    void dueKeys_areFoundByTheirDates() {
        Instant now = TestKeys.NOON;
        KeyRecord due = insert("due", d -> d.rotation(30, null, now));
        KeyRecord overdue = insert("overdue", d -> d.rotation(30, null, now.minusSeconds(1)));
        insert("later", d -> d.rotation(30, null, now.plusMillis(1)));
        insert("disabled", d -> d.rotation(30, null, now).state(KeyState.DISABLED));
        insert("creating", d -> d.rotation(30, null, now).phase(KeyPhase.CREATING));
        KeyRecord dying = insert("dying", d -> d.state(KeyState.PENDING_DELETE).deletionDate(now));
        insert("dying-later", d -> d.state(KeyState.PENDING_DELETE).deletionDate(now.plusMillis(1)));

        assertThat(store.dueRotations(now, 10)).containsExactly(overdue.id(), due.id());
        assertThat(store.dueRotations(now, 1)).containsExactly(overdue.id());
        assertThat(store.dueDeletions(now, 10)).containsExactly(dying.id());
    }

    @Test
    void uses_areReservedOnceWhateverStoreAsksAndUpToTheBound() {
        KeyVersionRef version = TestKeys.current(store.write(tx -> tx.insert(TestKeys.key("orders"))));
        KeyVersionRef other = new KeyVersionRef(version.keyId(), new KeyVersionId(1));

        try (Store second = another()) {
            assertThat(reserve(store, version, 0, 5)).isEqualTo(new Store.Block(0, 5));
            assertThat(reserve(second, version, 0, 3)).isEqualTo(new Store.Block(5, 8));
            assertThat(reserve(second, other, 0, 4)).isEqualTo(new Store.Block(0, 4));
            assertThat(reserve(store, version, 5, 5)).isEqualTo(new Store.Block(8, 10));
            assertThat(reserve(store, version, 10, 5)).isEqualTo(new Store.Block(10, 10));
        }
    }

    @Test
    void uses_ofARowThatSaysLessThanIsKnown_beginBehindWhatIsKnown() {
        KeyVersionRef version = TestKeys.current(store.write(tx -> tx.insert(TestKeys.key("orders"))));
        reserve(store, version, 0, 2);

        assertThat(reserve(store, version, 6, 2)).isEqualTo(new Store.Block(6, 8));
        assertThat(reserve(store, version, 0, 5)).isEqualTo(new Store.Block(8, 10));
        assertThat(reserve(store, version, 11, 5)).isEqualTo(new Store.Block(11, 11));
    }

    private static Store.Block reserve(Store store, KeyVersionRef version, long known, long size) {
        return store.write(tx -> tx.reserve(version, known, size, 10));
    }

    @Test
    void uses_goWithTheirKey() {
        KeyRecord key = store.write(tx -> tx.insert(TestKeys.key("orders")));
        reserve(store, TestKeys.current(key), 0, 5);

        store.write(tx -> {
            tx.delete(key);
            return true;
        });
        store.write(tx -> tx.insert(key));

        assertThat(store.key(key.id())).isPresent();
        assertThat(reserve(store, TestKeys.current(key), 0, 5)).isEqualTo(new Store.Block(0, 5));
    }

    @Test
    void wornVersions_areCurrentOnesOfKeysThatMayRotate() {
        KeyVersionRef little = worn("little", 5, d -> d);
        KeyVersionRef much = worn("much", 9, d -> d);
        worn("less", 4, d -> d);
        worn("disabled", 9, d -> d.state(KeyState.DISABLED));
        KeyRecord external = store.write(tx -> tx.insert(TestKeys.external("external", TestKeys.NOON)));
        reserve(store, TestKeys.current(external), 0, 9);
        KeyRecord rotated = store.key(worn("rotated", 9, d -> d).keyId()).orElseThrow();
        store.write(tx -> tx.update(
                rotated.change(d -> d.current(rotated.versions().get(0).id()))));

        assertThat(store.wornVersions(5, 10).values()).containsExactly(much, little);
        assertThat(store.wornVersions(5, 1).values()).containsExactly(much);
        assertThat(store.wornVersions(10, 10)).isEmpty();
    }

    private KeyVersionRef worn(String alias, long uses, UnaryOperator<KeyRecord.Draft> changes) {
        KeyRecord key = store.write(tx -> tx.insert(TestKeys.key(alias).change(changes)));
        reserve(store, TestKeys.current(key), 0, uses);
        return TestKeys.current(key);
    }

    @Test
    void unfinishedKeys_areThoseNotLiveOrWithAVersionThatIsNotReady() {
        insert("live", d -> d);
        KeyRecord creating = insert("creating", d -> d.phase(KeyPhase.CREATING));
        KeyRecord rotating =
                insert("rotating", d -> d.version(KeyVersionRecord.creating(new KeyVersionId(5), TestKeys.NOON)));
        KeyRecord destroying = insert("destroying", d -> d.phase(KeyPhase.DESTROYING));
        Instant later = store.databaseTime().plusSeconds(1);

        assertThat(store.unfinished(later, 10))
                .containsExactlyInAnyOrder(creating.id(), rotating.id(), destroying.id());
        assertThat(store.unfinished(later.minusSeconds(3600), 10)).isEmpty();
    }

    private KeyRecord insert(String alias, UnaryOperator<KeyRecord.Draft> changes) {
        return store.write(tx -> tx.insert(TestKeys.bare(alias, TestKeys.NOON).change(changes)));
    }

    private List<String> events() {
        List<String> names = new ArrayList<>();
        store.readAudit(entry -> names.add(entry.event().name()));
        return names;
    }
}
