package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.KeyRecord;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Binds keys to resources of services. What a bound key refuses stands in {@link Operation#requireAllowed}, which is asked in
 * the transaction of the change.
 */
public final class KeyBindings {
    private final CallPath path;

    /** Bindings over this path. */
    public KeyBindings(CallPath path) {
        this.path = path;
    }

    /** Binds; a key that is bound to the resource stays as it is. */
    public void bind(KeyId id, String service, String resource, Caller caller) {
        change(Operation.BIND_CLOUD_RESOURCE, id, service, resource, caller, KeyBindings::bound);
    }

    /** Takes the binding back. */
    public void unbind(KeyId id, String service, String resource, Caller caller) {
        change(Operation.UNBIND_CLOUD_RESOURCE, id, service, resource, caller, KeyBindings::unbound);
    }

    private void change(
            Operation operation,
            KeyId id,
            String service,
            String resource,
            Caller caller,
            BiFunction<KeyRecord, ResourceBinding, KeyRecord> next) {
        path.changing(operation, caller, details -> {
            details.key(id);
            ResourceBinding binding = new ResourceBinding(service, resource);
            Details noted = details.note("service", service).note("resource", resource);
            return path.change(operation, caller, id, noted, key -> next.apply(key, binding));
        });
    }

    private static KeyRecord bound(KeyRecord key, ResourceBinding binding) {
        if (key.bindings().contains(binding)) {
            return key;
        }
        Set<ResourceBinding> next = new HashSet<>(key.bindings());
        next.add(binding);
        if (next.size() > ResourceBinding.MAX_BINDINGS) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "key " + key.id() + " has " + key.bindings().size() + " bindings; limit is "
                            + ResourceBinding.MAX_BINDINGS);
        }
        return key.change(draft -> draft.bindings(next).validTo(null));
    }

    private static KeyRecord unbound(KeyRecord key, ResourceBinding binding) {
        Set<ResourceBinding> next = new HashSet<>(key.bindings());
        if (!next.remove(binding)) {
            throw new InvalidRequestException(
                    ErrorCode.CLOUD_RESOURCE_BINDING_NOT_FOUND, "key " + key.id() + " is not bound to this resource");
        }
        return key.change(draft -> draft.bindings(next));
    }
}
