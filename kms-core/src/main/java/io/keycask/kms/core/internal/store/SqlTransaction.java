package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.spi.KeyVersionRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work of one {@link Store#write}; its audit events are appended at the end, when everything else is done. */
final class SqlTransaction implements Store.Transaction {
    private final Connections connections;
    private final Session session;
    private final KeyRows keys;
    private final AccessRows accessRows;
    private final AlarmRows alarms;
    private final UsageRows usage;
    private final String holder;
    private final List<AuditEvent> events = new ArrayList<>();
    private @Nullable AccessRecords access;

    SqlTransaction(
            Connections connections,
            Session session,
            KeyRows keys,
            AccessRows accessRows,
            AlarmRows alarms,
            UsageRows usage,
            String holder) {
        this.connections = connections;
        this.session = session;
        this.keys = keys;
        this.accessRows = accessRows;
        this.alarms = alarms;
        this.usage = usage;
        this.holder = holder;
    }

    @Override
    public Optional<KeyRecord> key(KeyId id) {
        return run(() -> keys.find(session, id));
    }

    @Override
    public Optional<KeyId> idOfAlias(String alias) {
        return run(() -> keys.idOfAlias(session, alias));
    }

    @Override
    public KeyRecord insert(KeyRecord key) {
        return run(() -> keys.insert(session, key));
    }

    @Override
    public KeyRecord update(KeyRecord key) {
        return run(() -> keys.update(session, key));
    }

    @Override
    public void delete(KeyRecord key) {
        run(() -> {
            keys.delete(session, key);
            return true;
        });
    }

    @Override
    public AccessRecords access() {
        AccessRecords begun = access == null ? run(() -> SqlAccess.changing(connections, session, accessRows)) : access;
        access = begun;
        return begun;
    }

    @Override
    public void audit(AuditEvent event) {
        events.add(event);
    }

    @Override
    public boolean raise(String alarm, long day) {
        return run(() -> alarms.isFirst(session, alarm, day));
    }

    @Override
    public Store.Block reserve(KeyVersionRef version, long known, long size, long bound) {
        return run(() -> usage.reserve(session, version, known, size, bound));
    }

    @Override
    public void require(Store.Lease lease) {
        if (!run(() -> Leases.isHeld(session, lease.name(), holder, lease.fence()))) {
            throw new LeaseLostException(lease);
        }
    }

    /** Returns the events in the order in which they came. */
    List<AuditEvent> events() {
        return events;
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T run(Step<T> step) {
        try {
            return step.run();
        } catch (SQLException e) {
            throw connections.translate(e);
        }
    }
}
