package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.Page;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store in a database that speaks SQL. This class puts the parts together and decides about transactions. */
final class SqlStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);
    private static final int BEATS_PER_LIFE = 4;

    private final Connections connections;
    private final RowMacs macs;
    private final KeyRows keys;
    private final KeyListing listing;
    private final Leases leases;
    private final AuditWriter audit;
    private final AuditWatch watch;
    private final Upkeep upkeep;
    private final String holder = UUID.randomUUID().toString();
    private volatile boolean purgeIsDue;

    private SqlStore(Connections connections, RowMacs macs, Instance instance) {
        Dialect dialect = connections.dialect();
        this.connections = connections;
        this.macs = macs;
        this.keys = new KeyRows(macs, dialect);
        this.listing = new KeyListing(macs, keys);
        this.leases = new Leases(dialect);
        this.audit = new AuditWriter(macs, leases, dialect, instance);
        this.watch = new AuditWatch(macs, dialect);
        recordInterruptedChains();
        this.upkeep = Upkeep.start(instance.heartbeat().dividedBy(BEATS_PER_LIFE), this::upkeep);
    }

    /** Opens the store, which is made if there is none. */
    static Store open(Dialect dialect, StoreAnchor anchor, Instance instance) {
        Connections connections = new Connections(dialect);
        boolean done = false;
        try {
            RowMacs macs = Retry.run(() -> StoreKey.open(connections, anchor));
            SqlStore store = new SqlStore(connections, macs, instance);
            done = true;
            return store;
        } finally {
            if (!done) {
                connections.close();
            }
        }
    }

    @Override
    public Optional<KeyRecord> key(KeyId id) {
        return read(session -> keys.find(session, id));
    }

    @Override
    public Optional<KeyId> idOfAlias(String alias) {
        return Retry.run(() -> connections.withReader(session -> keys.idOfAlias(session, alias)));
    }

    @Override
    public long rowVersion(KeyId id) {
        return Retry.run(() -> connections.withReader(session -> KeyRows.rowVersion(session, id)));
    }

    @Override
    public Page<KeyRecord> keys(KeyQuery query) {
        return read(session -> listing.page(session, query));
    }

    @Override
    public long count(KeyQuery query) {
        return read(session -> KeyListing.count(session, query));
    }

    @Override
    public List<KeyId> idsAfter(String id, int limit) {
        return read(session -> KeyListing.idsAfter(session, id, limit));
    }

    @Override
    public List<KeyId> dueRotations(Instant now, int limit) {
        return read(session -> KeyListing.dueRotations(session, now.toEpochMilli(), limit));
    }

    @Override
    public List<KeyId> dueDeletions(Instant now, int limit) {
        return read(session -> KeyListing.dueDeletions(session, now.toEpochMilli(), limit));
    }

    @Override
    public List<KeyId> unfinished(Instant lastChangeBefore, int limit) {
        return read(session -> KeyListing.unfinished(session, lastChangeBefore.toEpochMilli(), limit));
    }

    @Override
    public Instant databaseTime() {
        return Instant.ofEpochMilli(Retry.run(
                () -> connections.withReader(session -> connections.dialect().time(session))));
    }

    @Override
    public <T> T write(Work<T> work) {
        return transact(session -> {
            connections.dialect().lockChanges(session);
            SqlTransaction transaction = new SqlTransaction(connections, session, keys);
            T result = work.apply(transaction);
            audit.append(session, transaction.events());
            return result;
        });
    }

    @Override
    public void audit(List<AuditEvent> events) {
        transact(session -> {
            audit.append(session, events);
            return true;
        });
    }

    @Override
    public Optional<Lease> lease(String name, Duration ttl) {
        return transact(session -> leases.take(session, name, holder, ttl)).map(fence -> new Lease(name, fence));
    }

    @Override
    public boolean resealStoreKey(StoreAnchor anchor) {
        return Retry.run(() -> StoreKey.reseal(connections, anchor, macs));
    }

    @Override
    public void purgeDeleted() {
        purgeIsDue = true;
        if (isPurgedNow()) {
            purgeIsDue = false;
        } else {
            LOG.info("the database is in use and cannot be purged now; upkeep will do it");
        }
    }

    private boolean isPurgedNow() {
        try {
            return connections.withWriter(session -> connections.dialect().purgeDeleted(session));
        } catch (StaleRecordException e) {
            return false; // as when somebody reads: it is done later
        }
    }

    @Override
    public void readAudit(Consumer<AuditEntry> reader) {
        read(session -> {
            for (Row chain : AuditRows.chains(session)) {
                UUID id = UUID.fromString(chain.text(AuditRows.CHAIN_ID));
                AuditRows.readEvents(session, id, entry -> {
                    reader.accept(entry);
                    return true;
                });
            }
            return true;
        });
    }

    @Override
    public List<String> verifyAudit() {
        return read(session -> AuditVerification.faults(session, macs));
    }

    private <T> T read(Connections.Use<T> work) {
        return Retry.run(() -> connections.read(work));
    }

    private <T> T transact(Connections.Use<T> work) {
        return Retry.run(() -> connections.write(work, audit::committed, audit::rolledBack));
    }

    private void upkeep() {
        if (audit.isOpen()) {
            transact(session -> {
                audit.beat(session);
                return true;
            });
        }
        recordInterruptedChains();
        if (purgeIsDue) {
            purgeDeleted();
        }
    }

    private void recordInterruptedChains() {
        String own = audit.chainId();
        for (Row chain : read(session -> watch.interrupted(session, own))) {
            transact(session -> {
                List<AuditEvent> events = watch.record(session, chain);
                audit.append(session, events);
                return true;
            });
        }
    }

    @Override
    public void close() {
        upkeep.close();
        try {
            if (audit.isOpen()) {
                transact(session -> {
                    audit.end(session);
                    return true;
                });
            }
        } catch (RuntimeException e) {
            LOG.warn("the audit chain could not be ended; the next start will record it as interrupted", e);
        } finally {
            connections.close();
        }
    }
}
