package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditFault;
import io.keycask.kms.AuditFault.Kind;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.AuditReport;
import io.keycask.kms.DroppedEvents;
import io.keycask.kms.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tampering with the trail leaves behind: in the store, in an export, and against a checkpoint kept outside. */
final class AuditEvidenceTest {
    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();

    private EmbeddedKms open() {
        return TestKms.open(folder, clock);
    }

    private void work(int calls) {
        try (EmbeddedKms kms = open()) {
            for (int i = 0; i < calls; i++) {
                kms.generateRandom(8);
            }
        }
    }

    @Test
    void export_asItWasWritten_verifiesWithThePublicKeyOnly() throws Exception {
        work(5);
        Path file = folder.resolve("trail.jsonl");
        String key;
        AuditCheckpoint end;
        try (EmbeddedKms kms = open()) {
            kms.generateRandom(8);
            end = kms.audit().export(file);
            key = kms.audit().publicKeyPem();
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> kms.audit().export(file));
            assertThat(file).isNotEmptyFile();
        }
        work(1);

        AuditReport report = AuditExport.verify(file, key);
        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isGreaterThan(6);
        assertThat(AuditExport.verify(file, key, end).isIntact()).isTrue();
        try (EmbeddedKms kms = open()) {
            assertThat(kms.audit().verify(end).faults()).isEmpty();
            assertThat(kms.audit().publicKeyPem()).isEqualTo(key);
        }
    }

    @Test
    void export_everyLineChangedRemovedSwappedOrAdded_isFound() throws Exception {
        work(6);
        work(3);
        Path file = folder.resolve("trail.jsonl");
        String key;
        try (EmbeddedKms kms = open()) {
            kms.generateRandom(8);
            kms.audit().export(file);
            key = kms.audit().publicKeyPem();
        }
        List<String> lines = Files.readAllLines(file);
        int last = lines.size() - 1;

        for (int i = 1; i <= last; i++) {
            int at = i;
            assertFound(key, lines, copy -> copy.remove(at));
            assertFound(key, lines, copy -> copy.set(at, copy.get(at).replaceFirst("[0-9]\",\"s", "x\",\"s")));
            assertFound(key, lines, copy -> copy.set(at, copy.get(at).replaceFirst("\"time\":1", "\"time\":2")));
            assertFound(key, lines, copy -> copy.add(at, copy.get(at)));
            assertFound(key, lines, copy -> copy.add(copy.get(at)));
            if (at < last) {
                assertFound(key, lines, copy -> Collections.swap(copy, at, at + 1));
            }
        }
    }

    private interface Edit {
        void of(List<String> lines);
    }

    private void assertFound(String key, List<String> lines, Edit edit) throws IOException {
        List<String> copy = new ArrayList<>(lines);
        edit.of(copy);
        if (!copy.equals(lines)) {
            Path file = Files.write(folder.resolve("changed.jsonl"), copy);
            assertThat(AuditExport.verify(file, key).faults())
                    .as(String.join("\n", copy))
                    .isNotEmpty();
        }
    }

    @Test
    void verify_ofAStorePutBackToBeforeItsSigner_refusesTheCheckpoint() throws Exception {
        work(3);
        Path older = folder.resolve("older.db");
        Files.copy(folder.resolve("keys.db"), older);
        AuditCheckpoint known;
        try (EmbeddedKms kms = open()) {
            kms.generateRandom(8);
            known = kms.audit().checkpoint();
        }
        Files.copy(older, folder.resolve("keys.db"), StandardCopyOption.REPLACE_EXISTING);

        Path export = folder.resolve("trail.jsonl");
        try (EmbeddedKms kms = open()) {
            kms.generateRandom(8);
            assertThat(kms.audit().verify().faults()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> kms.audit().verify(known));
            kms.audit().export(export);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuditExport.verify(export, kms.audit().publicKeyPem(), known));
        }
    }

    @Test
    void verify_ofAnOlderCopyWithTheSameSigner_isFoundByTheCheckpoint() throws Exception {
        work(3);
        try (EmbeddedKms kms = open()) {
            kms.audit().checkpoint();
        }
        Path older = folder.resolve("older.db");
        Files.copy(folder.resolve("keys.db"), older);
        AuditCheckpoint known;
        try (EmbeddedKms kms = open()) {
            kms.generateRandom(8);
            known = kms.audit().checkpoint();
        }
        Files.copy(older, folder.resolve("keys.db"), StandardCopyOption.REPLACE_EXISTING);

        try (EmbeddedKms kms = open()) {
            assertThat(kms.audit().verify().faults()).isEmpty();
            AuditReport report = kms.audit().verify(known);
            assertThat(report.faults()).isNotEmpty().allMatch(fault -> fault.kind() == Kind.CUT_OFF);
            Path export = folder.resolve("trail.jsonl");
            kms.audit().export(export);
            assertThat(AuditExport.verify(export, kms.audit().publicKeyPem()).isIntact())
                    .isTrue();
            assertThat(AuditExport.verify(export, kms.audit().publicKeyPem(), known)
                            .faults())
                    .isNotEmpty()
                    .allMatch(fault -> fault.kind() == Kind.CUT_OFF);
        }
    }

    @Test
    void verify_wholeChainRemovedWithItsRow_isFound() throws Exception {
        work(3);
        work(3);
        String chain;
        try (EmbeddedKms kms = open()) {
            chain = kms.audit()
                    .find(AuditQuery.all()
                            .eventName("GenerateRandom")
                            .oldestFirst()
                            .limit(1))
                    .items()
                    .get(0)
                    .chain()
                    .toString();
        }
        tamper(
                "DELETE FROM kms_audit_event WHERE chain_id = '" + chain + "'",
                "DELETE FROM kms_audit_chain WHERE chain_id = '" + chain + "'");

        try (EmbeddedKms kms = open()) {
            assertThat(kms.audit().verify().faults())
                    .containsExactly(new AuditFault(chain, 0, Kind.REMOVED, "the chain is gone"));
            Path export = folder.resolve("trail.jsonl");
            kms.audit().export(export);
            assertThat(AuditExport.verify(export, kms.audit().publicKeyPem()).faults())
                    .containsExactly(new AuditFault(chain, 0, Kind.REMOVED, "the chain is gone"));
        }
    }

    @Test
    void drop_oldEvents_leavesATrailThatVerifiesAndSaysWhatIsGone() throws Exception {
        work(10);
        AuditCheckpoint before;
        try (EmbeddedKms kms = open()) {
            before = kms.audit().checkpoint();
            clock.advance(Duration.ofDays(10));
            kms.generateRandom(8);

            DroppedEvents dropped = kms.audit().dropBefore(clock.instant().minus(Duration.ofDays(1)));

            assertThat(dropped.count()).isGreaterThan(10);
            assertThat(kms.audit().verify().faults()).isEmpty();
            assertThat(kms.audit().verify(before).faults()).isEmpty();
            assertThat(kms.audit().verify(dropped.checkpoint()).faults()).isEmpty();
            List<AuditRecord> summaries = kms.audit()
                    .find(AuditQuery.all().eventName("AuditEventsDropped"))
                    .items();
            assertThat(summaries.stream()
                            .mapToLong(e -> Long.parseLong(e.details().get("count")))
                            .sum())
                    .isEqualTo(dropped.count());
            Path export = folder.resolve("trail.jsonl");
            kms.audit().export(export);
            assertThat(AuditExport.verify(export, kms.audit().publicKeyPem(), before)
                            .faults())
                    .isEmpty();
            assertThat(kms.audit()
                            .dropBefore(clock.instant().minus(Duration.ofDays(1)))
                            .count())
                    .isZero();
        }
        work(2);
        try (EmbeddedKms kms = open()) {
            assertThat(kms.audit().verify(before).faults()).isEmpty();
        }
    }

    @Test
    void drop_ofEventsThatWereTamperedWith_isRefused() throws Exception {
        work(5);
        tamper("DELETE FROM kms_audit_event WHERE sequence = 3 AND chain_id NOT LIKE '00000000%'");

        try (EmbeddedKms kms = open()) {
            clock.advance(Duration.ofDays(10));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> kms.audit().dropBefore(clock.instant()))
                    .withMessageContaining("/3: missing; nothing is dropped");
        }
    }

    @Test
    void changeRootKey_keepsTheSigner() {
        work(1);
        AuditCheckpoint known;
        try (EmbeddedKms kms = open()) {
            known = kms.audit().checkpoint();
        }
        try (EmbeddedKms kms = TestKms.withNewRootKey(folder)) {
            kms.changeRootKey();
            assertThat(kms.changeRootKey()).isZero();
        }
        try (EmbeddedKms kms = TestKms.withNewRootKeyOnly(folder)) {
            assertThat(kms.audit().verify(known).faults()).isEmpty();
        }
    }

    @Test
    void checkpoint_textThatIsNone_isRefused() {
        for (String text : List.of("", "{}", "{\"checkpoint\":{},\"signature\":\"\"}", "x".repeat(1 << 21))) {
            assertThatIllegalArgumentException().isThrownBy(() -> AuditCheckpoint.parse(text));
        }
    }

    private void tamper(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).isPositive();
            }
        }
    }
}
