package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.WrappingKeyRecord;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyImporting;
import io.keycask.kms.spi.KeyProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of imported material, and of the key pairs that served to bring it in.
 *
 * <p>One transaction takes the material away from the key: its version is not ready any more and its token is gone. Then the
 * provider destroys it, and the row goes. What a crash leaves in between is a version that is not ready, which maintenance
 * ends like any other.
 */
public final class ImportedMaterial {
    private static final Logger LOG = LoggerFactory.getLogger(ImportedMaterial.class);

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;

    /** Imported material over these parts. */
    public ImportedMaterial(CallPath path, Store store, Keys keys, Providers providers) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
    }

    /** Deletes the material because the caller asks for it. */
    public void delete(KeyId id, Caller caller) {
        AtomicReference<KeyRecord> before = new AtomicReference<>();
        path.changing(
                Operation.DELETE_IMPORTED_KEY_MATERIAL,
                caller,
                details -> path.change(Operation.DELETE_IMPORTED_KEY_MATERIAL, caller, id, details, key -> {
                    before.set(key);
                    return withoutMaterial(key);
                }));
        Optional.ofNullable(before.get()).ifPresent(this::destroy);
    }

    /** Deletes the material if its date has come; another process may have been faster. */
    boolean expire(KeyId id, Instant now) {
        Optional<KeyRecord> before = path.changing(
                Operation.EXPIRE_KEY_MATERIAL,
                Maintenance.ACTOR,
                details -> store.write(transaction -> {
                    details.key(id);
                    Optional<KeyRecord> expired =
                            transaction.key(id).filter(key -> key.phase() == KeyPhase.LIVE && key.isExpired(now));
                    expired.ifPresent(key -> {
                        transaction.update(withoutMaterial(key));
                        transaction.audit(path.event(Operation.EXPIRE_KEY_MATERIAL, Maintenance.ACTOR, details, ""));
                    });
                    return expired;
                }));
        before.ifPresent(this::destroy);
        return before.isPresent();
    }

    private static KeyRecord withoutMaterial(KeyRecord key) {
        KeyState next = key.state() == KeyState.PENDING_DELETE ? key.state() : KeyState.PENDING_IMPORT;
        List<KeyVersionRecord> doomed = key.versions().stream()
                .map(version -> KeyVersionRecord.creating(version.id(), version.created()))
                .toList();
        return key.change(draft -> draft.state(next).current(null).validTo(null).versions(doomed));
    }

    private void destroy(KeyRecord before) {
        store.purgeDeleted();
        for (KeyVersionRecord version : before.versions()) {
            if (version.isReady()) {
                discard(before.id(), version.id(), Optional.of(LiveKey.handle(before, version)));
            }
        }
    }

    /** Destroys what the provider made for a version that is not ready, and removes the row; maintenance does what fails. */
    void discard(KeyId id, KeyVersionId versionId, Optional<KeyHandle> handle) {
        try {
            Optional<KeyRecord> found = store.key(id);
            if (found.isPresent() && handle.isPresent()) {
                providers.get(found.get().provider()).destroy(handle.get());
            }
            store.write(transaction -> transaction
                            .key(id)
                            .filter(key -> key.version(versionId)
                                    .filter(version -> !version.isReady())
                                    .isPresent())
                            .map(key -> transaction.update(without(versionId, key))))
                    .ifPresent(keys::changed);
        } catch (ProviderException | StoreException e) {
            LOG.warn("material of key {} is left; maintenance will destroy it: {}", id, e.getMessage());
        }
    }

    private static KeyRecord without(KeyVersionId versionId, KeyRecord key) {
        List<KeyVersionRecord> rest = key.versions().stream()
                .filter(version -> !version.id().equals(versionId))
                .toList();
        return key.change(draft -> draft.versions(rest));
    }

    /** Destroys the wrapping key pairs of the key that have ended, and removes their rows. */
    boolean endWrappingKeys(KeyId id, Instant now) {
        Optional<KeyRecord> found = store.key(id).filter(key -> key.phase() == KeyPhase.LIVE);
        List<WrappingKeyRecord> ended = found.map(KeyRecord::wrappingKeys).orElse(List.of()).stream()
                .filter(pair -> !now.isBefore(pair.validTo()))
                .toList();
        if (ended.isEmpty()) {
            return false;
        }
        ended.forEach(pair -> destroy(providers.get(found.orElseThrow().provider()), pair));
        List<UUID> ids = ended.stream().map(WrappingKeyRecord::id).toList();
        keys.changed(store.write(transaction -> {
            KeyRecord key = keys.requireLive(id, transaction.key(id));
            return transaction.update(key.change(draft -> draft.wrappingKeys(key.wrappingKeys().stream()
                    .filter(pair -> !ids.contains(pair.id()))
                    .toList())));
        }));
        store.purgeDeleted();
        return true;
    }

    /** Destroys one key pair; one that is not ready is named by its id, as a version is. */
    static void destroy(KeyProvider provider, WrappingKeyRecord pair) {
        if (provider instanceof KeyImporting importing) {
            importing.destroyWrappingKey(
                    pair.isReady()
                            ? pair.handle()
                            : importing.createWrappingKey(pair.id()).handle());
        }
    }
}
