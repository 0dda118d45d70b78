package io.keycask.kms.core.internal.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Leases by the database's clock, with a fencing number that grows when the holder changes.
 *
 * <p>They are under no MAC: a lease only saves work, and everything done under one is correct without it.
 */
final class Leases {
    private static final String CREATE =
            "INSERT INTO kms_lease (name, holder, fence, expires_ms) VALUES (?, '', 0, 0)" + " ON CONFLICT DO NOTHING";
    private static final String TAKE = "UPDATE kms_lease SET"
            + " fence = CASE WHEN holder = ? THEN fence ELSE fence + 1 END, holder = ?, expires_ms = ?"
            + " WHERE name = ? AND (holder = ? OR expires_ms < ?)";
    private static final String FENCE = "SELECT fence FROM kms_lease WHERE name = ?";
    private static final String TOUCH =
            "UPDATE kms_lease SET fence = fence WHERE name = ? AND holder = ? AND fence = ?";
    private static final String DELETE = "DELETE FROM kms_lease WHERE name = ? AND holder = ?";

    private final Dialect dialect;

    Leases(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Takes or extends the lease, in the transaction of the session; returns the fencing number if that was possible. */
    Optional<Long> take(Session session, String name, String holder, Duration ttl) throws SQLException {
        long now = dialect.time(session);
        session.update(CREATE, name);
        int taken = session.update(TAKE, holder, holder, now + ttl.toMillis(), name, holder, now);
        return taken == 0 ? Optional.empty() : session.one(FENCE, result -> result.getLong(1), name);
    }

    /** Returns whether the holder has the lease with this number, and keeps others from taking it until the commit. */
    static boolean isHeld(Session session, String name, String holder, long fence) throws SQLException {
        return session.update(TOUCH, name, holder, fence) == 1;
    }

    static void end(Session session, String name, String holder) throws SQLException {
        session.update(DELETE, name, holder);
    }
}
