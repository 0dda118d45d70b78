package io.keycask.kms.core.internal.store;

import io.keycask.kms.StoreException;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one process: one that writes, guarded by one lock, and a few that read. They are kept, or borrowed
 * for every use, as the database wants it.
 *
 * <p>Thread-safe. A connection that could not be rolled back is closed, and the next use opens another.
 */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int MAX_READERS = 8;

    private final Dialect dialect;

    /** Guards {@link #writer} and {@link #closed}. Fair, so that the audit writer does not starve the others. */
    private final ReentrantLock writerLock = new ReentrantLock(true);

    private @Nullable Session writer;

    private final Semaphore readers = new Semaphore(MAX_READERS, true);
    private final ConcurrentLinkedDeque<Session> idleReaders = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Connections(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * What is done with a connection.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    interface Use<T> {
        T with(Session session) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs the work in a transaction that may write. Work that throws is rolled back. */
    <T> T write(Use<T> work) {
        return write(work, () -> {}, () -> {});
    }

    /** Runs the work in a transaction that may write, and says how it ended while nobody else can write. */
    <T> T write(Use<T> work, Runnable committed, Runnable rolledBack) {
        return withWriter(session -> {
            dialect.beginWrite(session);
            boolean done = false;
            try {
                T result = work.with(session);
                dialect.commit(session);
                done = true;
                return result;
            } finally {
                if (done) {
                    committed.run();
                } else {
                    rollback(session);
                    rolledBack.run();
                }
            }
        });
    }

    /** Runs the work on the connection that writes, outside a transaction. */
    <T> T withWriter(Use<T> work) {
        if (writerLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction is open on this thread already");
        }
        writerLock.lock();
        try {
            requireOpen();
            Session session = writer;
            if (session == null) {
                session = dialect.connect(Dialect.Access.WRITE);
                writer = session;
            }
            return work.with(session);
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            if (!dialect.keepsConnections()) {
                closeWriter();
            }
            writerLock.unlock();
        }
    }

    /** Runs queries that all see one state. */
    <T> T read(Use<T> work) {
        return withReader(session -> {
            dialect.beginRead(session);
            try {
                return work.with(session);
            } finally {
                dialect.rollback(session);
            }
        });
    }

    /** Runs one query. */
    <T> T withReader(Use<T> work) {
        readers.acquireUninterruptibly();
        try {
            requireOpen();
            Session idle = idleReaders.poll();
            Session session = idle == null ? dialect.connect(Dialect.Access.READ) : idle;
            boolean usable = false;
            try {
                T result = work.with(session);
                usable = true;
                return result;
            } catch (RuntimeException e) {
                usable = true; // nothing is wrong with the connection when a row does not pass its check
                throw e;
            } finally {
                giveBack(session, usable);
            }
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            readers.release();
        }
    }

    private void giveBack(Session session, boolean usable) {
        if (usable && !closed && dialect.keepsConnections()) {
            idleReaders.push(session);
        } else {
            closeQuietly(session);
        }
    }

    private void rollback(Session session) {
        try {
            dialect.rollback(session);
        } catch (SQLException e) {
            LOG.debug("rollback failed; the connection is closed", e);
            writer = null;
            closeQuietly(session);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    /** Returns what a caller of the store may see of a failure of the database. */
    RuntimeException translate(SQLException e) {
        return switch (dialect.fault(e)) {
            case CONFLICT -> new StaleRecordException("the database is busy: " + e.getMessage(), e);
            case AWAY -> StoreException.retryable("the database is away: " + e.getMessage(), e);
            case FULL -> StoreException.retryable("the disk of the database is full: " + e.getMessage(), e);
            case PERMANENT -> StoreException.permanent("the database reports a fault: " + e.getMessage(), e);
        };
    }

    /** Waits for the users of all connections and closes these. Idempotent. */
    @Override
    public void close() {
        closed = true;
        readers.acquireUninterruptibly(MAX_READERS);
        try {
            for (Session idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
                closeQuietly(idle);
            }
        } finally {
            readers.release(MAX_READERS);
        }
        writerLock.lock();
        try {
            closeWriter();
        } finally {
            writerLock.unlock();
        }
    }

    private void closeWriter() {
        Session last = writer;
        writer = null;
        if (last != null) {
            closeQuietly(last);
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }
}
