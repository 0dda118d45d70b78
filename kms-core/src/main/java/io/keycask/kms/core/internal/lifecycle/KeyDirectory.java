package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.Page;
import io.keycask.kms.RotationStatus;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.ImportRecord;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds, describes and lists keys, always as the store has them now. */
public final class KeyDirectory {
    private static final Set<KeyState> LISTED = Set.of(KeyState.ENABLED, KeyState.DISABLED, KeyState.PENDING_IMPORT);

    private final CallPath path;
    private final Store store;

    /** A directory over these parts. */
    public KeyDirectory(CallPath path, Store store) {
        this.path = path;
        this.store = store;
    }

    /** Describes the key of this id. */
    public KeyRecord describe(KeyId id, Caller caller) {
        return path.call(Operation.DESCRIBE_KEY, caller, details -> path.latest(Operation.DESCRIBE_KEY, id, details));
    }

    /** Describes the key of this alias. */
    public KeyRecord describe(String alias, Caller caller) {
        return path.call(Operation.DESCRIBE_KEY, caller, details -> {
            Optional<KeyRecord> key = path.permitted(find(alias), details);
            return key.orElseThrow(() -> new KeyNotFoundException("no key has this alias"));
        });
    }

    /** Describes these keys. */
    public List<KeyMetadata> describeAll(Collection<KeyId> ids, Caller caller) {
        List<KeyId> batch = List.copyOf(ids);
        return path.call(Operation.DESCRIBE_KEYS, caller, details -> {
            Batches.require(batch, details);
            return batch.stream()
                    .<KeyMetadata>map(id -> path.latest(Operation.DESCRIBE_KEYS, id, details))
                    .toList();
        });
    }

    /** Describes the key of this alias, if there is one. */
    public Optional<KeyRecord> findByAlias(String alias, Caller caller) {
        return path.call(Operation.DESCRIBE_KEY, caller, details -> path.permitted(find(alias), details));
    }

    private Optional<KeyRecord> find(String alias) {
        return store.idOfAlias(alias)
                .flatMap(store::key)
                .filter(key -> key.phase() == KeyPhase.LIVE)
                .map(path::now);
    }

    /** Returns a page of keys. */
    public Page<KeyMetadata> list(KeyQuery query, Caller caller) {
        return path.call(Operation.LIST_KEY_DETAIL, caller, details -> {
            Page<KeyRecord> page = store.keys(query);
            details.note("keys", page.items().size());
            return new Page<>(page.items().stream().<KeyMetadata>map(path::now).toList(), page.next());
        });
    }

    /** Returns the ids of a page of keys, of those in the states that this list shows. */
    public Page<KeyId> listIds(KeyQuery query, Caller caller) {
        return path.call(Operation.LIST_KEYS, caller, details -> {
            Set<KeyState> states = EnumSet.copyOf(LISTED);
            states.removeIf(
                    state -> !query.states().isEmpty() && !query.states().contains(state));
            if (states.isEmpty()) {
                return new Page<>(List.of(), Optional.empty());
            }
            KeyState[] shown = states.toArray(KeyState[]::new);
            Page<KeyRecord> page = store.keys(query.states(shown[0], Arrays.copyOfRange(shown, 1, shown.length)));
            details.note("keys", page.items().size());
            return new Page<>(page.items().stream().map(KeyRecord::id).toList(), page.next());
        });
    }

    /** Returns how many keys fit the query. */
    public long count(KeyQuery query, Caller caller) {
        return path.call(Operation.LIST_KEY_DETAIL, caller, details -> store.count(query));
    }

    /** Returns the state of the rotation. */
    public RotationStatus rotationStatus(KeyId id, Caller caller) {
        return path.call(
                Operation.GET_KEY_ROTATION_STATUS,
                caller,
                details -> path.latest(Operation.GET_KEY_ROTATION_STATUS, id, details)
                        .rotation());
    }

    /** Returns the versions that are ready, the oldest first. */
    public List<KeyVersion> versions(KeyId id, Caller caller) {
        KeyRecord key = describe(id, caller);
        return key.versions().stream()
                .filter(KeyVersionRecord::isReady)
                .sorted(Comparator.comparing(KeyVersionRecord::created))
                .map(version -> new KeyVersion(
                        key.nameOf(version),
                        key.imported().map(ImportRecord::created).orElse(version.created()),
                        key.currentVersion().equals(Optional.of(key.nameOf(version)))))
                .toList();
    }
}
