package io.keycask.kms.core.internal.operation;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.KeyId;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditResource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the audit event of one call says beside its name and outcome. Used by the thread of the call only. */
public final class Details {
    private final Map<String, String> values = new TreeMap<>();
    private @Nullable KeyId keyId;
    private @Nullable AuditResource resource;
    private @Nullable String requestId;
    private @Nullable Gate gate;

    Details() {}

    /** Names the key that the call turned out to be about. */
    public Details key(KeyId id) {
        keyId = id;
        return this;
    }

    /** Names what else than a key the call is about. */
    public Details resource(String type, String name) {
        resource = new AuditResource(type, name);
        return this;
    }

    /** Notes a size, a version, a state; never a byte of a secret or a digest of one. */
    public Details note(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    /** Lets the call in front of this gate. */
    void gate(Gate newGate) {
        gate = newGate;
    }

    Gate gate() {
        return requireNonNull(gate, "gate");
    }

    @Nullable
    KeyId keyId() {
        return keyId;
    }

    /** Returns what the call is about. */
    @Nullable
    AuditResource resource() {
        return keyId == null ? resource : AuditResource.key(keyId);
    }

    /** Returns the id of the call, which is the same in all its events. */
    String requestId() {
        if (requestId == null) {
            requestId = AuditEvents.randomId().toString();
        }
        return requestId;
    }

    Map<String, String> values() {
        return values;
    }
}
