package io.keycask.kms.core.internal.store;

import java.sql.SQLException;

/** A dialect that does what another one does, for tests that change one thing. */
abstract class DelegatingDialect implements Dialect {
    private final Dialect dialect;

    DelegatingDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Session connect(Access access) throws SQLException {
        return dialect.connect(access);
    }

    @Override
    public boolean keepsConnections() {
        return dialect.keepsConnections();
    }

    @Override
    public String ddl(String statement) {
        return dialect.ddl(statement);
    }

    @Override
    public String now() {
        return dialect.now();
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        dialect.beginWrite(session);
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        dialect.beginRead(session);
    }

    @Override
    public void commit(Session session) throws SQLException {
        dialect.commit(session);
    }

    @Override
    public void rollback(Session session) throws SQLException {
        dialect.rollback(session);
    }

    @Override
    public void lockChanges(Session session) throws SQLException {
        dialect.lockChanges(session);
    }

    @Override
    public void lockSchema(Session session) throws SQLException {
        dialect.lockSchema(session);
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return dialect.hasTable(session, table);
    }

    @Override
    public boolean purgeDeleted(Session session) throws SQLException {
        return dialect.purgeDeleted(session);
    }

    @Override
    public Fault fault(SQLException failure) {
        return dialect.fault(failure);
    }
}
