package io.keycask.kms.core.internal.operation;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Alarm;
import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KmsException;
import io.keycask.kms.core.internal.access.Access;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyVersionRef;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The one path of every call.
 *
 * <p>Reads and cryptography go through {@link #call}: the work finds its key by {@link #usable}, which asks access control
 * and the state machine, and the outcome is recorded whatever it is. Changes of a key go through {@link #change}: access control,
 * the state machine, the change and its audit event are one transaction.
 */
public final class CallPath {
    private final InFlight inFlight = new InFlight();
    private final Store store;
    private final Keys keys;
    private final Access access;
    private final AuditTrail audit;
    private final AuditEvents events;
    private final Alarms alarms;
    private final Clock clock;

    /** A path over these parts. */
    public CallPath(
            Store store, Keys keys, Access access, AuditTrail audit, AuditEvents events, Alarms alarms, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * What a call does.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it, and notes in the details what the audit should say. */
        T apply(Details details);
    }

    /**
     * Does the work and records its outcome. A result that cannot be recorded is given to {@code discard} and not
     * released.
     */
    public <T> T call(Operation operation, Caller caller, Consumer<? super T> discard, Work<T> work) {
        inFlight.enter();
        try {
            Details details = new Details();
            T result;
            try {
                result = permitted(operation, caller, Map.of(), details, discard, work);
            } catch (RuntimeException e) {
                recordFailure(operation, caller, details, e);
                throw e;
            }
            try {
                audit.record(event(operation, caller, details, ""));
            } catch (RuntimeException e) {
                discard.accept(result);
                throw e;
            }
            return result;
        } finally {
            inFlight.leave();
        }
    }

    /** Does the work, whose result needs no wiping, and records its outcome. */
    public <T> T call(Operation operation, Caller caller, Work<T> work) {
        return call(operation, caller, result -> {}, work);
    }

    /** Does the work, if the caller may. A result that turns out not to be for this caller is not released. */
    private <T> T permitted(
            Operation operation,
            Caller caller,
            Map<String, String> requestTags,
            Details details,
            Consumer<? super T> discard,
            Work<T> work) {
        Gate gate = new Gate(caller, operation.action(), access.grants(caller), requestTags, clock);
        details.gate(gate);
        gate.begin();
        T result = work.apply(details);
        try {
            gate.end();
        } catch (AccessDeniedException e) {
            discard.accept(result);
            throw e;
        }
        return result;
    }

    /** Returns the key, if it exists and the caller may do with it what it asks for. */
    public LiveKey permitted(KeyId id, Details details) {
        return details.gate().pass(id, () -> keys.get(id), LiveKey::record);
    }

    /** Returns the key that a transaction read, if it exists and the caller may do with it what it asks for. */
    public KeyRecord permitted(KeyId id, Optional<KeyRecord> read, Details details) {
        return details.gate().pass(id, () -> keys.requireLive(id, read), key -> key);
    }

    /** Returns the key that was looked for by its alias, or that there is none; either if the caller may know it. */
    public Optional<KeyRecord> permitted(Optional<KeyRecord> found, Details details) {
        found.ifPresent(key -> details.key(key.id()));
        return details.gate().pass(found);
    }

    /** Returns the key, if it exists, the caller may use it, and its state allows the operation. */
    public LiveKey usable(Operation operation, KeyId id, Details details) {
        LiveKey key = permitted(id, details.key(id));
        operation.requireAllowed(now(key.record()));
        return key;
    }

    /** Returns the key as the store has it now, if it exists, the caller may, and its state allows the operation. */
    public KeyRecord latest(Operation operation, KeyId id, Details details) {
        KeyRecord key = now(reloaded(id, details.key(id)).record());
        operation.requireAllowed(key);
        return key;
    }

    /**
     * Returns the key, as {@link #usable(Operation, KeyId, Details)} does, with the version if it has it. A version that is not
     * remembered may be one that another process made a moment ago, so the store is asked.
     */
    public LiveKey usable(Operation operation, KeyVersionRef version, Details details) {
        LiveKey key = usable(operation, version.keyId(), details);
        if (key.version(version.versionId()).isPresent()) {
            return key;
        }
        LiveKey reloaded = reloaded(version.keyId(), details);
        operation.requireAllowed(now(reloaded.record()));
        return reloaded;
    }

    private LiveKey reloaded(KeyId id, Details details) {
        return details.gate().pass(id, () -> keys.reload(id), LiveKey::record);
    }

    /**
     * Changes a key and records that, in one transaction.
     *
     * @param next makes the new record of the key from the one in the store; may run more than once; the same record
     *     means that there is nothing to change
     */
    public KeyRecord change(
            Operation operation, Caller caller, KeyId id, Details details, UnaryOperator<KeyRecord> next) {
        details.key(id);
        KeyRecord changed = store.write(transaction -> {
            KeyRecord key = permitted(id, transaction.key(id), details);
            operation.requireAllowed(now(key));
            KeyRecord wanted = next.apply(key);
            KeyRecord stored = wanted == key ? key : transaction.update(wanted);
            transaction.audit(event(operation, caller, details, ""));
            return stored;
        });
        keys.changed(changed);
        return changed;
    }

    /** Returns the key as callers see it now; the clock is asked only where material can expire. */
    public KeyRecord now(KeyRecord key) {
        return key.validTo().isPresent() ? key.at(clock.instant()) : key;
    }

    /** Runs the work, which records its success itself (as {@link #change} does), and records its failure. */
    public <T> T changing(Operation operation, Caller caller, Work<T> work) {
        return changing(operation, caller, Map.of(), work);
    }

    /** Runs work that sets these tags, if it succeeds; otherwise as {@link #changing(Operation, Caller, Work)}. */
    public <T> T changing(Operation operation, Caller caller, Map<String, String> requestTags, Work<T> work) {
        inFlight.enter();
        try {
            Details details = new Details();
            try {
                return permitted(operation, caller, requestTags, details, result -> {}, work);
            } catch (RuntimeException e) {
                recordFailure(operation, caller, details, e);
                throw e;
            }
        } finally {
            inFlight.leave();
        }
    }

    /** Returns the event of an operation that ended now. */
    public AuditEvent event(Operation operation, Caller caller, Details details, String code) {
        return events.of(
                operation.eventName(),
                operation.isWrite(),
                caller,
                caller.requestId().isPresent() ? Optional.empty() : Optional.of(details.requestId()),
                details.resource(),
                code,
                Map.copyOf(details.values()));
    }

    /** Refuses calls from now on and waits for those in flight; returns false if that was done before. */
    public boolean close() {
        return inFlight.close();
    }

    private void recordFailure(Operation operation, Caller caller, Details details, RuntimeException failure) {
        ErrorCode code = failure instanceof KmsException known ? known.code() : ErrorCode.INTERNAL_ERROR;
        try {
            audit.record(event(operation, caller, details, code.value()));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        KeyId id = details.keyId();
        if (failure instanceof KeyStateException && !operation.isWrite() && id != null && isPendingDeletion(id)) {
            alarms.raise(
                    Alarm.Kind.PENDING_DELETION_KEY_USED,
                    id,
                    operation.eventName() + " by " + caller.name() + " with key " + id + ", which is pending deletion");
        }
    }

    private boolean isPendingDeletion(KeyId id) {
        try {
            return keys.get(id).record().state() == KeyState.PENDING_DELETE;
        } catch (KmsException e) {
            return false; // the failure of the call is the one to tell
        }
    }
}
