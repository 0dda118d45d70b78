package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens at opening, on every kind of database. */
@Timeout(60)
abstract class StoreOpeningContract {
    private final TestDatabase.Kind kind;

    @TempDir
    private Path folder;

    private TestDatabase database;

    StoreOpeningContract(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void create() {
        database = kind.create(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void open_wrongRootKey_failsAndLeavesTheDatabaseAsItIs() throws Exception {
        KeyRecord key;
        try (Store store = open(new TestAnchor(1))) {
            key = store.write(tx -> tx.insert(TestKeys.key("orders")));
            store.audit(List.of(TestKeys.event("CreateKey")));
        }
        TestDatabase.Snapshot before = database.snapshot();

        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> open(new TestAnchor(2)));

        assertThat(before.isUnchanged()).isTrue();
        try (Store store = open(new TestAnchor(1))) {
            assertThat(store.key(key.id())).isPresent();
        }
    }

    @Test
    void open_withAnotherProvider_saysWhichOneIsNeeded() {
        open(new TestAnchor("soft", 1)).close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(new TestAnchor("hsm", 1)))
                .withMessageContaining("'soft'")
                .withMessageContaining("'hsm'")
                .matches(e -> !e.isRetryable());
    }

    @Test
    void open_schemaOfALaterRelease_isRefused() throws Exception {
        open(new TestAnchor(1)).close();
        try (Tamper later = database.tamper()) {
            later.run(
                    "INSERT INTO kms_schema (version, applied_ms, checksum) VALUES (?, 0, 'x')", Migration.LATEST + 1);
        }
        TestDatabase.Snapshot before = database.snapshot();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(new TestAnchor(1)))
                .withMessageContaining("schema version " + (Migration.LATEST + 1))
                .withMessageContaining("up to " + Migration.LATEST);
        assertThat(before.isUnchanged()).isTrue();
    }

    @Test
    void open_sealedKeyRowThatIsGone_makesNoSecondKey() throws Exception {
        try (Store store = open(new TestAnchor(1))) {
            store.write(tx -> tx.insert(TestKeys.key("orders")));
        }
        try (Tamper tamper = database.tamper()) {
            tamper.run("DELETE FROM kms_store");
        }

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(new TestAnchor(1)))
                .withMessageContaining("kms_store row store: missing");
    }

    @Test
    void open_tablesThatWereMadeByHand_makesTheKey() throws Exception {
        Dialect dialect = database.dialect();
        try (Tamper administrator = database.tamper()) {
            for (String statement : Migration.script(dialect::ddl).split(";\n", -1)) {
                if (!statement.isBlank()) {
                    administrator.run(statement);
                }
            }
        }

        try (Store store = open(new TestAnchor(1))) {
            KeyRecord key = store.write(tx -> tx.insert(TestKeys.key("orders")));
            assertThat(store.key(key.id())).isPresent();
        }
    }

    @Test
    void open_freshFileByManyAtOnce_agreesOnOneKey() throws Exception {
        int openers = 6;
        CyclicBarrier together = new CyclicBarrier(openers);
        ExecutorService threads = Executors.newFixedThreadPool(openers);
        List<Future<Store>> opened = new ArrayList<>();
        for (int i = 0; i < openers; i++) {
            opened.add(threads.submit(() -> open(new MeetingAnchor(together))));
        }

        List<Store> stores = new ArrayList<>();
        for (Future<Store> one : opened) {
            stores.add(one.get());
        }
        threads.shutdown();
        List<KeyRecord> keys = new ArrayList<>();
        for (Store store : stores) {
            keys.add(store.write(tx -> tx.insert(TestKeys.key("key-" + keys.size()))));
        }

        for (Store store : stores) {
            assertThat(keys).allSatisfy(key -> assertThat(store.key(key.id())).isPresent());
            store.close();
        }
        try (Tamper look = database.tamper()) {
            assertThat(look.rows("SELECT * FROM kms_store")).hasSize(1);
            assertThat(look.rows("SELECT * FROM kms_schema")).hasSize(Migration.LATEST);
        }
    }

    /** An anchor that seals when all openers are about to seal. */
    private static final class MeetingAnchor implements StoreAnchor {
        private final TestAnchor anchor = new TestAnchor(1);
        private final CyclicBarrier together;

        MeetingAnchor(CyclicBarrier together) {
            this.together = together;
        }

        @Override
        public String provider() {
            return anchor.provider();
        }

        @Override
        public byte[] seal(String purpose, SecretBytes secret) {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return anchor.seal(purpose, secret);
        }

        @Override
        public SecretBytes unseal(String purpose, byte[] sealed) {
            return anchor.unseal(purpose, sealed);
        }
    }

    @Test
    void resealStoreKey_underAnEarlierRootKey_sealsUnderTheNewerOne() {
        KeyRecord key;
        try (Store store = open(new TestAnchor(1))) {
            key = store.write(tx -> tx.insert(TestKeys.key("orders")));
        }

        try (Store store = open(new ChangingAnchor())) {
            assertThat(store.resealStoreKey(new ChangingAnchor())).isTrue();
            assertThat(store.resealStoreKey(new ChangingAnchor())).isFalse();
        }

        try (Store store = open(new TestAnchor(2))) {
            assertThat(store.key(key.id())).isPresent();
        }
        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> open(new TestAnchor(1)));
    }

    @Test
    void resealStoreKey_anchorThatFails_leavesTheKeyAsItIs() {
        try (Store store = open(new TestAnchor(1))) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> store.resealStoreKey(new ChangingAnchor() {
                        @Override
                        public byte[] seal(String purpose, SecretBytes secret) {
                            throw ProviderException.retryable("away", null);
                        }
                    }));
        }

        open(new TestAnchor(1)).close();
    }

    /** Root key 2, and root key 1 before it. */
    private static class ChangingAnchor implements StoreAnchor {
        private final TestAnchor older = new TestAnchor(1);
        private final TestAnchor newer = new TestAnchor(2);

        @Override
        public String provider() {
            return newer.provider();
        }

        @Override
        public byte[] seal(String purpose, SecretBytes secret) {
            return newer.seal(purpose, secret);
        }

        @Override
        public SecretBytes unseal(String purpose, byte[] sealed) {
            return newer.hasMade(sealed) ? newer.unseal(purpose, sealed) : older.unseal(purpose, sealed);
        }

        @Override
        public boolean isCurrent(byte[] sealed) {
            return newer.hasMade(sealed);
        }
    }

    private Store open(StoreAnchor anchor) {
        return database.open(anchor, Instance.current());
    }
}
