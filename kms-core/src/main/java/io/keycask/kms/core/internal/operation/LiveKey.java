package io.keycask.kms.core.internal.operation;

import io.keycask.kms.KeyVersionId;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A key that exists for callers, with the provider's handles of its versions at hand. Immutable. */
public final class LiveKey {
    private final KeyRecord key;
    private final Map<KeyVersionId, KeyHandle> handles;

    LiveKey(KeyRecord key) {
        this.key = key;
        this.handles = new HashMap<>();
        for (KeyVersionRecord version : key.versions()) {
            if (version.isReady()) {
                handles.put(key.nameOf(version), handle(key, version));
            }
        }
    }

    /** Returns the provider's handle of a version that is ready. */
    public static KeyHandle handle(KeyRecord key, KeyVersionRecord version) {
        return KeyHandle.of(key.spec(), new KeyVersionRef(key.id(), version.id()), version.token());
    }

    /** Returns the key as it stands in the store. */
    public KeyRecord record() {
        return key;
    }

    /** Returns the handle of the version that encrypts, if there is one. */
    public Optional<KeyHandle> current() {
        return key.currentVersion().flatMap(this::version);
    }

    /** Returns the handle of the version that ciphertexts name so, if the key has it. */
    public Optional<KeyHandle> version(KeyVersionId id) {
        return Optional.ofNullable(handles.get(id));
    }
}
