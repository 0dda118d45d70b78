package io.keycask.kms.core.internal.operation;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.core.internal.access.AccessRequest;
import io.keycask.kms.core.internal.access.Action;
import io.keycask.kms.core.internal.access.Grants;
import io.keycask.kms.core.internal.access.Target;
import io.keycask.kms.core.internal.store.KeyRecord;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands between one call and what it asks for. Used by the thread of the call only.
 *
 * <p>An operation about the keys as a whole is decided before anything is done, one about a key when the key is found,
 * and by the key as it is at that moment. A call that asked for no key at all is decided at its end, as one about all
 * keys: no operation is let through undecided.
 *
 * <p>Every refusal reads the same, whether the key exists or not. That it does not exist is said only to those who may do
 * the operation with any key that it could have been.
 */
final class Gate {
    private final Caller caller;
    private final Action action;
    private final Grants grants;
    private final Map<String, String> requestTags;
    private final InstantSource clock;
    private boolean decided;

    Gate(Caller caller, Action action, Grants grants, Map<String, String> requestTags, InstantSource clock) {
        this.caller = caller;
        this.action = action;
        this.grants = grants;
        this.requestTags = requestTags;
        this.clock = clock;
    }

    /** Decides an operation that is not about one key. */
    void begin() {
        if (action.scope() != Action.Scope.KEY) {
            require(Target.whole(action.scope()));
        }
    }

    /** Decides an operation that was about one key and named none. */
    void end() {
        if (!decided) {
            require(Target.whole(Action.Scope.ALL_KEYS));
        }
    }

    /** Returns the key that is found, if the caller may do with it what it asks for. */
    <K> K pass(KeyId id, Supplier<K> find, Function<K, KeyRecord> record) {
        K key;
        try {
            key = find.get();
        } catch (KeyNotFoundException e) {
            require(Target.unknownKey(Optional.of(id)));
            throw e;
        }
        require(Target.key(record.apply(key)));
        return key;
    }

    /** Returns the key that was found, or that none was; either if the caller may know it. */
    Optional<KeyRecord> pass(Optional<KeyRecord> key) {
        require(key.map(Target::key).orElseGet(() -> Target.unknownKey(Optional.empty())));
        return key;
    }

    private void require(Target target) {
        decided = true;
        if (grants.isEverything()) {
            return;
        }
        AccessRequest request = AccessRequest.of(caller, action, target, requestTags, clock.instant());
        if (!grants.allow(request)) {
            throw new AccessDeniedException(caller.name() + " has no permission for this");
        }
    }
}
