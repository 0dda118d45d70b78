package io.keycask.kms.core.internal.store;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The day on which each alarm was raised last. A row that does not pass its check counts as none: whoever writes to the
 * store can make an alarm come twice, and cannot keep one from coming.
 */
final class AlarmRows {
    private static final int DAY = 1;
    private static final String BY_NAME = Table.ALARM.select() + " WHERE name = ?";
    private static final String INSERT = Table.ALARM.insert() + " ON CONFLICT DO NOTHING";
    private static final String UPDATE = Table.ALARM.update() + " WHERE name = ? AND mac = ?";

    private final RowMacs macs;

    AlarmRows(RowMacs macs) {
        this.macs = macs;
    }

    /** Notes that the alarm is raised on this day, in the transaction of the session; returns whether it is the first. */
    boolean isFirst(Session session, String name, long day) throws SQLException {
        Optional<Row> last = session.one(BY_NAME, result -> Row.read(Table.ALARM, result), name);
        if (last.filter(row -> isValid(row) && row.number(DAY) >= day).isPresent()) {
            return false;
        }
        Row row = Row.of(Table.ALARM, name, day);
        Row signed = row.withMac(macs.of(row));
        int changed = last.isPresent()
                ? session.update(UPDATE, signed.parameters(name, last.get().mac()))
                : session.update(INSERT, signed.parameters());
        if (changed == 0) {
            throw new StaleRecordException("another process raised the alarm", null);
        }
        return true;
    }

    private boolean isValid(Row row) {
        return MessageDigest.isEqual(macs.of(row), row.mac());
    }
}
