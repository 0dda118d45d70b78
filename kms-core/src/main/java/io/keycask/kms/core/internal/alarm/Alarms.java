package io.keycask.kms.core.internal.alarm;

import io.keycask.kms.Alarm;
import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditResource;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.AlarmListener;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises each alarm once per day of UTC across all processes: the first that notes it in the store writes its audit event
 * in the same transaction, and tells the listeners afterwards.
 *
 * <p>Thread-safe. An alarm that cannot be raised is logged and disturbs nobody.
 */
public final class Alarms {
    /** Who raises alarms. */
    public static final Caller ACTOR = Caller.system("alarm");

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final String EVENT = "RaiseAlarm";
    private static final int MAX_REMEMBERED = 10_000;

    /** The day on which this process last saw that an alarm had been raised: most repetitions need not ask the store. */
    private final ConcurrentHashMap<String, Long> days = new ConcurrentHashMap<>();

    private final Store store;
    private final AuditEvents events;
    private final List<AlarmListener> listeners;

    /** Alarms for these listeners; they are logged at WARN if there is none. */
    public Alarms(Store store, AuditEvents events, List<AlarmListener> listeners) {
        this.store = store;
        this.events = events;
        this.listeners = listeners.isEmpty() ? List.of(Alarms::log) : List.copyOf(listeners);
    }

    private static void log(Alarm alarm) {
        LOG.warn("{}: {}", alarm.kind().value(), alarm.text());
    }

    /** Raises an alarm about a key. */
    public void raise(Alarm.Kind kind, KeyId key, String text) {
        raise(new Alarm(kind, Optional.of(key), events.clock().instant(), text), key.toString());
    }

    /** Raises an alarm about something else. */
    public void raise(Alarm.Kind kind, String subject, String text) {
        raise(new Alarm(kind, Optional.empty(), events.clock().instant(), text), subject);
    }

    private void raise(Alarm alarm, String subject) {
        try {
            if (isFirstToday(alarm.kind().value() + "/" + subject, alarm)) {
                listeners.forEach(listener -> tell(listener, alarm));
            }
        } catch (RuntimeException e) {
            LOG.warn("alarm not raised: {}: {}", alarm.kind().value(), alarm.text(), e);
        }
    }

    private boolean isFirstToday(String name, Alarm alarm) {
        long today = today(alarm.time());
        Long known = days.get(name);
        if (known != null && known == today) {
            return false;
        }
        boolean first = store.write(transaction -> {
            boolean isFirst = transaction.raise(name, today);
            if (isFirst) {
                transaction.audit(events.of(
                        EVENT,
                        true,
                        ACTOR,
                        Optional.empty(),
                        alarm.key().map(AuditResource::key).orElse(null),
                        "",
                        Map.of("alarm", alarm.kind().value(), "text", alarm.text())));
            }
            return isFirst;
        });
        if (days.size() >= MAX_REMEMBERED) {
            days.clear();
        }
        days.put(name, today);
        return first;
    }

    /** Returns the number of the day of UTC. */
    static long today(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private static void tell(AlarmListener listener, Alarm alarm) {
        try {
            listener.raised(alarm);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed for the alarm {}: {}", alarm.kind().value(), alarm.text(), e);
        }
    }
}
