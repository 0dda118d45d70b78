package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.store.PostgresServer;
import io.keycask.kms.core.internal.store.TestPool;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies, moves and checks of whole stores. */
final class JdbcStoreTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("case", "store");
    private static final byte[] TEXT = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void moveTo_postgresql_opensWhatWasEncryptedBefore() throws Exception {
        Ciphertext ciphertext;
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            ciphertext = kms.createKey(NewKey.named("orders")).encrypt(TEXT, CONTEXT);
        }

        try (TestPool pool = new TestPool(PostgresServer.get().newSchema());
                SoftProvider provider = SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key")))) {
            JdbcStore postgresql = JdbcStore.postgresql(pool);
            sqlite().moveTo(postgresql, provider);

            try (EmbeddedKms kms = TestKms.builder(folder, postgresql).build()) {
                assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
                assertThat(kms.check()).isEqualTo(new CheckReport(1, 1, List.of()));
            }
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> TestKms.builder(folder).build());
    }

    @Test
    void copyTo_whileTheStoreIsInUse_canOpenEveryKey() throws Exception {
        Path copy = folder.resolve("copy/keys.db");
        Files.createDirectory(folder.resolve("copy"));
        Ciphertext ciphertext;
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            ciphertext = orders.encrypt(TEXT, CONTEXT);
            orders.rotate();

            sqlite().copyTo(copy);

            orders.rotate();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (EmbeddedKms restored =
                TestKms.builder(folder, JdbcStore.sqlite(copy)).build()) {
            assertThat(restored.check().isComplete()).isTrue();
            assertThat(restored.check().versions()).isEqualTo(2);
            assertThat(restored.decrypt(ciphertext, CONTEXT)).isEqualTo(TEXT);
        }
    }

    @Test
    void copyTo_placeWhereSomethingIs_isRefusedAndLeavesIt() throws Exception {
        TestKms.builder(folder).build().close();
        Path taken = Files.write(folder.resolve("taken"), TEXT);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sqlite().copyTo(taken));

        assertThat(Files.readAllBytes(taken)).isEqualTo(TEXT);
    }

    @Test
    void copyTo_ofAStoreThatIsNotThere_makesNothing() {
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sqlite().copyTo(folder.resolve("copy")));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void copyTo_ofPostgresql_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcStore.postgresql(new TestPool("jdbc:postgresql:none"))
                        .copyTo(folder.resolve("copy")))
                .withMessageContaining("expected an SQLite file");
    }

    @Test
    void check_ofDamagedKeys_namesThemAndGoesOn() throws Exception {
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            SymmetricCmk orders = kms.createKey(NewKey.named("orders"));
            SymmetricCmk invoices = kms.createKey(NewKey.named("invoices"));
            kms.createKey(NewKey.named("letters"));
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE kms_key SET state = 'x' WHERE alias = 'orders'");
                statement.execute("UPDATE kms_key_version SET token = x'00' WHERE key_id = '" + invoices.id() + "'");
            }

            CheckReport report = kms.check();

            assertThat(report.isComplete()).isFalse();
            assertThat(report.keys()).isEqualTo(3);
            assertThat(report.versions()).isEqualTo(1);
            assertThat(report.problems())
                    .extracting(CheckReport.Problem::key)
                    .containsExactlyInAnyOrder(orders.id(), invoices.id());
        }
    }

    @Test
    void check_keyOfAProviderThatWasNotGiven_isNamed() {
        try (EmbeddedKms kms = TestKms.builder(folder)
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/other.key")))
                        .named("other"))
                .build()) {
            kms.createKey(NewKey.named("orders").provider("other"));
        }

        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            assertThat(kms.check().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).contains("'other', which was not given"));
        }
    }

    private JdbcStore sqlite() {
        return JdbcStore.sqlite(folder.resolve("keys.db"));
    }
}
