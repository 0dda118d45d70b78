package io.keycask.kms.core;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.AuditReport;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.Page;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.store.AccessRecords;
import io.keycask.kms.core.internal.store.AuditFeed;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.spi.KeyVersionRef;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store in front of another one; tests override what they want to be different. */
class DelegatingStore implements Store {
    private final Store store;

    DelegatingStore(Store store) {
        this.store = store;
    }

    @Override
    public Instant databaseTime() {
        return store.databaseTime();
    }

    @Override
    public Optional<KeyRecord> key(KeyId id) {
        return store.key(id);
    }

    @Override
    public Optional<KeyId> idOfAlias(String alias) {
        return store.idOfAlias(alias);
    }

    @Override
    public long rowVersion(KeyId id) {
        return store.rowVersion(id);
    }

    @Override
    public Page<KeyRecord> keys(KeyQuery query) {
        return store.keys(query);
    }

    @Override
    public long count(KeyQuery query) {
        return store.count(query);
    }

    @Override
    public List<KeyId> idsAfter(String id, int limit) {
        return store.idsAfter(id, limit);
    }

    @Override
    public List<KeyId> dueRotations(Instant now, int limit) {
        return store.dueRotations(now, limit);
    }

    @Override
    public List<KeyId> dueDeletions(Instant now, int limit) {
        return store.dueDeletions(now, limit);
    }

    @Override
    public List<KeyId> dueExpiries(Instant now, int limit) {
        return store.dueExpiries(now, limit);
    }

    @Override
    public List<KeyId> endedWrappingKeys(Instant now, int limit) {
        return store.endedWrappingKeys(now, limit);
    }

    @Override
    public Map<KeyId, KeyVersionRef> wornVersions(long reserved, int limit) {
        return store.wornVersions(reserved, limit);
    }

    @Override
    public byte[] mac(Purpose purpose, byte[] message) {
        return store.mac(purpose, message);
    }

    @Override
    public List<KeyId> unfinished(Instant lastChangeBefore, int limit) {
        return store.unfinished(lastChangeBefore, limit);
    }

    @Override
    public long accessVersion() {
        return store.accessVersion();
    }

    @Override
    public <T> T readAccess(Function<AccessRecords, T> work) {
        return store.readAccess(work);
    }

    @Override
    public <T> T write(Work<T> work) {
        return store.write(work);
    }

    @Override
    public void readAudit(Consumer<AuditEntry> reader) {
        store.readAudit(reader);
    }

    @Override
    public AuditReport examineAudit(Optional<AuditCheckpoint> lastKnown) {
        return store.examineAudit(lastKnown);
    }

    @Override
    public Page<AuditRecord> findAudit(AuditQuery query) {
        return store.findAudit(query);
    }

    @Override
    public AuditCheckpoint exportAudit(Consumer<String> writer) {
        return store.exportAudit(writer);
    }

    @Override
    public AuditCheckpoint checkpoint() {
        return store.checkpoint();
    }

    @Override
    public PublicKey checkpointKey() {
        return store.checkpointKey();
    }

    @Override
    public long dropAudit(Instant before) {
        return store.dropAudit(before);
    }

    @Override
    public AuditFeed auditFeed() {
        return store.auditFeed();
    }

    @Override
    public Optional<Lease> lease(String name, Duration ttl) {
        return store.lease(name, ttl);
    }

    @Override
    public boolean resealStoreKey(StoreAnchor anchor) {
        return store.resealStoreKey(anchor);
    }

    @Override
    public void purgeDeleted() {
        store.purgeDeleted();
    }

    @Override
    public void close() {
        store.close();
    }
}
