package io.keycask.kms.spi;

import io.keycask.kms.Alarm;

/**
 * Who is told about alarms, for example to page somebody.
 *
 * <p>Each alarm (a kind, about one key or thing) is raised once per day of UTC, by one of all processes on a store, after
 * its audit event {@code RaiseAlarm} was committed. A listener is called from the thread that noticed it, which may be
 * one that encrypts: it has to be quick and thread-safe. What it throws is logged and has no other consequence.
 */
@FunctionalInterface
public interface AlarmListener {
    /** Takes the alarm. */
    void raised(Alarm alarm);
}
