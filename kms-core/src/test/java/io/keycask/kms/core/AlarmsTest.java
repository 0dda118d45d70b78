package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Alarm;
import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.spi.AuditSink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alarms come once per day, whoever notices; sinks get everything, in order. */
@Timeout(60)
final class AlarmsTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.empty();
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private final List<Alarm> raised = new CopyOnWriteArrayList<>();

    private EmbeddedKms.Builder builder() {
        return TestKms.builder(folder)
                .clock(clock)
                .storeWrapper(store -> TestKms.clocked(store, clock))
                .alarmListener(raised::add);
    }

    private List<Alarm.Kind> kinds() {
        List<Alarm.Kind> kinds = raised.stream().map(Alarm::kind).toList();
        raised.clear();
        return kinds;
    }

    @Test
    void useOfAKeyPendingDeletion_raisesOneAlarmADayInAllProcesses() {
        try (EmbeddedKms first = builder().build();
                EmbeddedKms second = builder().build()) {
            SymmetricCmk key = first.createKey(NewKey.named("orders"));
            var ciphertext = key.encrypt(new byte[1], CONTEXT);
            key.disable();
            assertRefused(() -> key.decrypt(ciphertext, CONTEXT));
            assertThat(kinds()).isEmpty();
            key.scheduleDeletion(7);

            assertRefused(() -> key.decrypt(ciphertext, CONTEXT));
            assertRefused(() -> second.symmetricKey("orders").decrypt(ciphertext, CONTEXT));
            assertRefused(() -> key.encrypt(new byte[1], CONTEXT));
            assertThat(raised).singleElement().satisfies(alarm -> {
                assertThat(alarm.kind()).isEqualTo(Alarm.Kind.PENDING_DELETION_KEY_USED);
                assertThat(alarm.key()).contains(key.id());
                assertThat(alarm.text()).contains("Decrypt by root");
            });

            clock.advance(DAY);
            assertRefused(() -> second.symmetricKey("orders").decrypt(ciphertext, CONTEXT));
            assertRefused(() -> key.decrypt(ciphertext, CONTEXT));
            assertThat(raised).hasSize(2);
            assertThat(events(first, "RaiseAlarm"))
                    .hasSize(2)
                    .allMatch(event -> event.userName().equals("system:alarm"));
        }
    }

    @Test
    void deletion_inEachOfTheLastThreeDays_raisesAnAlarm() {
        try (EmbeddedKms first = builder().build();
                EmbeddedKms second = builder().build()) {
            SymmetricCmk key = first.createKey(NewKey.named("orders"));
            key.disable();
            key.scheduleDeletion(7);
            List<Integer> alarms = new ArrayList<>();
            for (int day = 0; day <= 7; day++) {
                first.runMaintenance();
                second.runMaintenance();
                first.runMaintenance();
                alarms.add(kinds().size());
                clock.advance(DAY);
            }

            assertThat(alarms).containsExactly(0, 0, 0, 0, 1, 1, 1, 0);
        }
    }

    @Test
    void auditThatWasDamaged_raisesAnAlarmByItself() throws Exception {
        try (EmbeddedKms kms = builder().build()) {
            kms.createKey(NewKey.named("orders"));
            kms.runMaintenance();
            assertThat(kinds()).isEmpty();
            tamper("UPDATE kms_audit_event SET body = replace(body, 'root', 'toor') WHERE body LIKE '%CreateKey%'");
            kms.runMaintenance();
            assertThat(kinds()).isEmpty(); // once a day
            clock.advance(DAY);

            kms.runMaintenance();

            assertThat(kinds()).containsExactly(Alarm.Kind.AUDIT_DAMAGED);
        }
    }

    @Test
    void alarmRow_deletedOrForged_keepsNoAlarmFromComing() throws Exception {
        try (EmbeddedKms kms = builder().build()) {
            SymmetricCmk key = kms.createKey(NewKey.named("orders"));
            key.disable();
            key.scheduleDeletion(7);
            clock.advance(DAY.multipliedBy(5));
            kms.runMaintenance();
            assertThat(kinds()).containsExactly(Alarm.Kind.DELETION_NEAR);
            tamper("UPDATE kms_alarm SET day = day + 100");
            clock.advance(DAY);

            kms.runMaintenance();

            assertThat(kinds()).containsExactly(Alarm.Kind.DELETION_NEAR);
        }
    }

    /** A sink that refuses while it is broken. */
    private static final class TestSink implements AuditSink {
        final List<AuditRecord> events = new CopyOnWriteArrayList<>();
        final List<AuditCheckpoint> checkpoints = new CopyOnWriteArrayList<>();
        volatile boolean broken;
        volatile boolean closed;

        @Override
        public void accept(List<AuditRecord> more) {
            if (broken) {
                throw new IllegalStateException("the disk of the log server is full");
            }
            events.addAll(more);
        }

        @Override
        public void checkpoint(AuditCheckpoint checkpoint) {
            checkpoints.add(checkpoint);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void sink_getsEveryEventInOrderAndACheckpointAtTheEnd() {
        TestSink sink = new TestSink();
        try (EmbeddedKms kms = builder().auditSink(sink).build()) {
            kms.createKey(NewKey.named("orders"));
            for (int i = 0; i < 1_200; i++) {
                kms.generateRandom(8);
            }
        }

        assertThat(sink.events).hasSize(1_201);
        assertThat(sink.events.stream().map(AuditRecord::sequence).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(sink.closed).isTrue();
        try (EmbeddedKms kms = builder().build()) {
            assertThat(kms.audit()
                            .verify(sink.checkpoints.get(sink.checkpoints.size() - 1))
                            .faults())
                    .isEmpty();
        }
    }

    @Test
    void sink_thatFailsForAWhile_isReportedAndMissesNothing() {
        TestSink sink = new TestSink();
        sink.broken = true;
        try (EmbeddedKms kms = builder().auditSink(sink).build()) {
            kms.generateRandom(8);
            kms.generateRandom(8);
            kms.audit().checkpoint();
            while (raised.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(kinds()).containsExactly(Alarm.Kind.AUDIT_SINK_FAILED);
            sink.broken = false;
        }

        assertThat(sink.events.stream().map(AuditRecord::name))
                .contains("GenerateRandom", "CreateAuditCheckpoint", "RaiseAlarm");
        assertThat(sink.checkpoints).isNotEmpty();
    }

    private List<AuditRecord> events(EmbeddedKms kms, String name) {
        return kms.audit().find(AuditQuery.all().eventName(name)).items();
    }

    private static void assertRefused(Runnable use) {
        assertThatExceptionOfType(KeyStateException.class).isThrownBy(use::run);
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
