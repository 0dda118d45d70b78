package io.keycask.kms.core.internal.operation;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KmsException;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyVersionRef;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The one path of every call.
 *
 * <p>Reads and cryptography go through {@link #call}: the work finds its key by {@link #usable}, which asks the state
 * machine, and the outcome is recorded whatever it is. Changes of a key go through {@link #change}: the state machine,
 * the change and its audit event are one transaction.
 */
public final class CallPath {
    private final InFlight inFlight = new InFlight();
    private final Store store;
    private final Keys keys;
    private final AuditTrail audit;
    private final Clock clock;

    /** A path over these parts. */
    public CallPath(Store store, Keys keys, AuditTrail audit, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.audit = audit;
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
                result = work.apply(details);
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

    /** Returns the key, if it exists and its state allows the operation. */
    public LiveKey usable(Operation operation, KeyId id, Details details) {
        details.key(id);
        LiveKey key = keys.get(id);
        operation.requireAllowed(now(key.record()));
        return key;
    }

    /** Returns the key as the store has it now, if it exists and its state allows the operation. */
    public KeyRecord latest(Operation operation, KeyId id, Details details) {
        details.key(id);
        KeyRecord key = now(keys.reload(id).record());
        operation.requireAllowed(key);
        return key;
    }

    /**
     * Returns the key, if it exists, its state allows the operation, and it has the version. A version that is not
     * remembered may be one that another process made a moment ago, so the store is asked.
     */
    public LiveKey usable(Operation operation, KeyVersionRef version, Details details) {
        LiveKey key = usable(operation, version.keyId(), details);
        if (key.version(version.versionId()).isPresent()) {
            return key;
        }
        LiveKey reloaded = keys.reload(version.keyId());
        operation.requireAllowed(now(reloaded.record()));
        return reloaded;
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
            KeyRecord key = keys.requireLive(id, transaction.key(id));
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
        inFlight.enter();
        try {
            Details details = new Details();
            try {
                return work.apply(details);
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
        return new AuditEvent(
                randomId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                operation.eventName(),
                operation.isWrite(),
                caller.name(),
                details.keyId(),
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
    }

    /** Event ids have to be different, not secret. */
    private static UUID randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant2 = (random.nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(version4, variant2);
    }
}
