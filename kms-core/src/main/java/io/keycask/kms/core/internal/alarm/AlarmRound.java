package io.keycask.kms.core.internal.alarm;

import io.keycask.kms.Alarm;
import io.keycask.kms.AuditReport;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.Health;
import io.keycask.kms.spi.KeyProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what somebody should know about: dates that are near or past, providers that are down, a damaged audit. */
public final class AlarmRound {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmRound.class);
    private static final Duration NEAR = Duration.ofDays(3);
    private static final Duration LATE = Duration.ofDays(1);
    private static final int MAX_KEYS = 1_000;
    private static final String VERIFY = "VerifyEvents";

    private final Store store;
    private final Providers providers;
    private final Alarms alarms;
    private final AuditEvents events;

    /** A round over these parts. */
    public AlarmRound(Store store, Providers providers, Alarms alarms, AuditEvents events) {
        this.store = store;
        this.providers = providers;
        this.alarms = alarms;
        this.events = events;
    }

    /** Looks at everything once. What cannot be looked at is logged. */
    public void run() {
        Instant now = events.clock().instant();
        List<Runnable> looks = List.of(
                () -> lookAt(store.dueDeletions(now.plus(NEAR), MAX_KEYS), this::deletion),
                () -> lookAt(store.dueExpiries(now.plus(NEAR), MAX_KEYS), key -> expiry(key, now)),
                () -> lookAt(store.dueRotations(now.minus(LATE), MAX_KEYS), this::rotation),
                () -> providers.all().forEach(this::health),
                () -> verifyOnceADay(now));
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (KmsException e) {
                LOG.warn("a look for alarms failed and comes again", e);
            }
        }
    }

    private void lookAt(List<KeyId> ids, Consumer<KeyRecord> look) {
        for (KeyId id : ids) {
            store.key(id).filter(key -> key.phase() == KeyPhase.LIVE).ifPresent(look);
        }
    }

    private void deletion(KeyRecord key) {
        if (key.state() == KeyState.PENDING_DELETE) {
            key.deletionDate()
                    .ifPresent(date -> alarms.raise(
                            Alarm.Kind.DELETION_NEAR, key.id(), named(key) + " will be deleted at " + date));
        }
    }

    private void expiry(KeyRecord key, Instant now) {
        Optional<Instant> end = key.validTo();
        if (key.state() != KeyState.PENDING_IMPORT
                && end.isPresent()
                && end.get().isAfter(now)) {
            alarms.raise(
                    Alarm.Kind.EXPIRY_NEAR, key.id(), "the material of " + named(key) + " expires at " + end.get());
        }
    }

    private void rotation(KeyRecord key) {
        key.rotation()
                .next()
                .ifPresent(due -> alarms.raise(
                        Alarm.Kind.ROTATION_OVERDUE, key.id(), named(key) + " should have been rotated at " + due));
    }

    private static String named(KeyRecord key) {
        return "key " + key.id() + " (" + key.alias() + ")";
    }

    private void health(KeyProvider provider) {
        Health health = provider.health();
        if (!health.isUp()) {
            alarms.raise(
                    Alarm.Kind.PROVIDER_DOWN,
                    provider.name(),
                    "provider " + provider.name() + " is down: " + health.detail());
        }
    }

    /** A day whose verification was begun and interrupted is left to the next day. */
    private void verifyOnceADay(Instant now) {
        long today = Alarms.today(now);
        boolean isFirst = store.write(transaction -> transaction.raise(VERIFY, today));
        if (!isFirst) {
            return;
        }
        AuditReport report = store.examineAudit(Optional.empty());
        Map<String, String> details = Map.of(
                "events",
                Long.toString(report.events()),
                "faults",
                Integer.toString(report.faults().size()));
        store.audit(List.of(events.of(VERIFY, false, Alarms.ACTOR, Optional.empty(), null, "", details)));
        report.faults().stream()
                .findFirst()
                .ifPresent(fault -> alarms.raise(
                        Alarm.Kind.AUDIT_DAMAGED,
                        "trail",
                        report.faults().size() + " faults in the audit trail, the first: " + fault));
    }
}
