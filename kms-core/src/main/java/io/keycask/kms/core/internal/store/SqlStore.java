package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.AuditReport;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.Page;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.audit.AuditRegistry;
import io.keycask.kms.core.internal.audit.Checkpoint;
import io.keycask.kms.core.internal.audit.ExportFormat;
import io.keycask.kms.spi.KeyVersionRef;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final AccessRows access;
    private final Leases leases;
    private final AlarmRows alarms;
    private final UsageRows usage;
    private final AuditRegistrar registrar;
    private final AuditSigner signer;
    private final AuditWriter audit;
    private final AuditWatch watch;
    private final Upkeep upkeep;
    private final String holder = UUID.randomUUID().toString();
    private volatile boolean purgeIsDue;

    private SqlStore(Connections connections, RowMacs macs, StoreAnchor anchor, Instance instance) {
        Dialect dialect = connections.dialect();
        this.connections = connections;
        this.macs = macs;
        this.keys = new KeyRows(macs, dialect);
        this.listing = new KeyListing(macs, keys);
        this.access = new AccessRows(macs);
        this.leases = new Leases(dialect);
        this.alarms = new AlarmRows(macs);
        this.usage = new UsageRows(macs);
        this.registrar = new AuditRegistrar(macs, dialect);
        this.signer = new AuditSigner(connections, macs, registrar, anchor);
        this.audit = new AuditWriter(macs, registrar, leases, dialect, instance);
        this.watch = new AuditWatch(macs, registrar, dialect);
        recordInterruptedChains();
        this.upkeep = Upkeep.start(instance.heartbeat().dividedBy(BEATS_PER_LIFE), this::upkeep);
    }

    /** Opens the store, which is made if there is none. */
    static Store open(Dialect dialect, StoreAnchor anchor, Instance instance) {
        Connections connections = new Connections(dialect);
        boolean done = false;
        try {
            RowMacs macs = Retry.run(() -> StoreKey.open(connections, anchor));
            SqlStore store = new SqlStore(connections, macs, anchor, instance);
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
    public List<KeyId> dueExpiries(Instant now, int limit) {
        return read(session -> KeyListing.dueExpiries(session, now.toEpochMilli(), limit));
    }

    @Override
    public List<KeyId> endedWrappingKeys(Instant now, int limit) {
        return read(session -> KeyListing.endedWrappingKeys(session, now.toEpochMilli(), limit));
    }

    @Override
    public Map<KeyId, KeyVersionRef> wornVersions(long reserved, int limit) {
        return read(session -> usage.worn(session, reserved, limit));
    }

    @Override
    public byte[] mac(Purpose purpose, byte[] message) {
        return macs.of(purpose.label(), macs.input(purpose.label()).bytes(message));
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
    public long accessVersion() {
        return Retry.run(() -> connections.withReader(access::version));
    }

    @Override
    public <T> T readAccess(Function<AccessRecords, T> work) {
        return read(session -> work.apply(SqlAccess.reading(connections, session, access)));
    }

    @Override
    public <T> T write(Work<T> work) {
        return transact(session -> {
            connections.dialect().lockChanges(session);
            SqlTransaction transaction = new SqlTransaction(connections, session, keys, access, alarms, usage, holder);
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
        boolean signerWasOld = Retry.run(() -> signer.reseal(anchor));
        return Retry.run(() -> StoreKey.reseal(connections, anchor, macs)) || signerWasOld;
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
                AuditRows.readEvents(session, id, 0, entry -> {
                    reader.accept(entry);
                    return true;
                });
            }
            return true;
        });
    }

    @Override
    public AuditReport examineAudit(Optional<AuditCheckpoint> lastKnown) {
        Optional<Checkpoint> known = lastKnown.map(checkpoint -> Checkpoint.open(checkpoint, signer.publicKey()));
        return read(session -> AuditVerification.run(session, macs, registrar, known));
    }

    @Override
    public Page<AuditRecord> findAudit(AuditQuery query) {
        AuditSearch search = new AuditSearch(macs);
        return read(session -> search.page(session, query));
    }

    @Override
    public AuditCheckpoint exportAudit(Consumer<String> writer) {
        // not tried again: the writer has lines already
        Checkpoint end = once(() -> connections.read(session -> export(session, writer)));
        AuditCheckpoint signed = signer.sign(end);
        writer.accept(signed.text());
        return signed;
    }

    private Checkpoint export(Session session, Consumer<String> writer) throws SQLException {
        Checkpoint now = signer.now(session);
        writer.accept(ExportFormat.header(now.storeId(), now.timeMillis()));
        List<UUID> chains = new ArrayList<>(List.of(AuditRegistry.CHAIN));
        AuditRows.chains(session).forEach(chain -> chains.add(UUID.fromString(chain.text(AuditRows.CHAIN_ID))));
        for (UUID chain : chains) {
            AuditRows.readEvents(session, chain, 0, entry -> {
                writer.accept(ExportFormat.line(entry));
                return true;
            });
        }
        return now;
    }

    @Override
    public AuditCheckpoint checkpoint() {
        return signer.sign(read(signer::now));
    }

    @Override
    public PublicKey checkpointKey() {
        return signer.publicKey();
    }

    @Override
    public long dropAudit(Instant before) {
        AuditRetention retention = new AuditRetention(macs, registrar, connections.dialect());
        long millis = before.toEpochMilli();
        long dropped = 0;
        for (Row chain : read(AuditRows::chains)) {
            String id = chain.text(AuditRows.CHAIN_ID);
            long step;
            do {
                step = transact(session -> retention.drop(session, id, millis));
                dropped += step;
            } while (step > 0);
        }
        return dropped;
    }

    @Override
    public AuditFeed auditFeed() {
        return new AuditFeed(audit, this::read);
    }

    private static <T> T once(Supplier<T> work) {
        try {
            return work.get();
        } catch (StaleRecordException e) {
            throw StoreException.retryable("the audit could not be read: " + e.getMessage(), e.getCause());
        }
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
