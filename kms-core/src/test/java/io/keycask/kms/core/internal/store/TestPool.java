package io.keycask.kms.core.internal.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** The simplest pool of connections: unbounded, and it notices a broken connection only when somebody uses it. */
public final class TestPool implements DataSource, ConnectionEventListener, AutoCloseable {
    private final PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    private final ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<PooledConnection> broken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger borrowed = new AtomicInteger();

    /** A pool of connections to this URL. */
    public TestPool(String url) {
        source.setUrl(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
        PooledConnection pooled = idle.poll();
        if (pooled == null) {
            pooled = source.getPooledConnection();
            pooled.addConnectionEventListener(this);
        }
        Connection connection = pooled.getConnection();
        borrowed.incrementAndGet();
        return connection;
    }

    /** Returns how many connections are borrowed and were not given back. */
    int borrowed() {
        return borrowed.get();
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        borrowed.decrementAndGet();
        PooledConnection pooled = (PooledConnection) event.getSource();
        if (!broken.remove(pooled)) {
            idle.push(pooled);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        broken.add((PooledConnection) event.getSource());
    }

    @Override
    public void close() throws SQLException {
        for (PooledConnection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
            pooled.close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
