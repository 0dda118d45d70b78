package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyHandle;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Creates keys.
 *
 * <p>A key comes into being in three steps, so that no crash between them loses material in a provider or leaves a key
 * that has none: (1) a row in the phase CREATING takes the alias, and names the version that is to be made; (2) the
 * provider makes the material, outside of any transaction; (3) the row becomes LIVE with the provider's token, together
 * with the audit event. {@code KeyProvider.create} may be called twice for one version, so whoever meets a CREATING row
 * may go on with step 2; the row version decides who wins step 3.
 */
public final class KeyCreation {
    /** How often a race for an alias is looked at again before the caller is told that it goes on for ever. */
    private static final int MAX_ATTEMPTS = 10;

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;
    private final KeySpec defaultSpec;
    private final Clock clock;
    private final SecureRandom random;

    /** A creation over these parts; a request that names no spec gets a key of the default. */
    public KeyCreation(
            CallPath path,
            Store store,
            Keys keys,
            Providers providers,
            KeySpec defaultSpec,
            Clock clock,
            SecureRandom random) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
        this.defaultSpec = defaultSpec;
        this.clock = clock;
        this.random = random;
    }

    /** Creates the key; if its alias is taken, that is an {@code ALIAS_ALREADY_EXISTS}. */
    public KeyRecord create(NewKey<?> request, Caller caller) {
        return path.changing(
                Operation.CREATE_KEY, caller, request.tags(), details -> createNow(request, caller, details));
    }

    /** Returns the key of the alias, and creates it first if there is none. */
    public KeyRecord createIfAbsent(NewKey<?> request, Caller caller) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<KeyRecord> existing = finishedKeyOf(request.alias(), caller);
            if (existing.isPresent()) {
                return path.call(
                        Operation.DESCRIBE_KEY,
                        caller,
                        details -> requireFits(path.permitted(existing, details).orElseThrow(), request));
            }
            try {
                return create(request, caller);
            } catch (InvalidRequestException e) {
                if (e.code() != ErrorCode.ALIAS_ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        throw StoreException.retryable("the alias '" + request.alias() + "' is created and deleted all the time", null);
    }

    private KeyRecord createNow(NewKey<?> request, Caller caller, Details details) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeyId id = new KeyId(TimeOrderedUuids.next(now, random));
        KeySpec spec = request.spec().orElse(defaultSpec);
        details.key(id).note("spec", spec).note("usage", request.usage().value());
        boolean isExternal = request.origin() == KeyOrigin.EXTERNAL;
        String provider = (isExternal
                        ? providers.forImport(spec, request.usage(), request.provider())
                        : providers.forNewKey(spec, request.usage(), request.provider()))
                .name();
        KeyVersionRecord version = KeyVersionRecord.creating(new KeyVersionId(random.nextLong()), now);
        KeyRecord wanted = KeyRecord.of(
                id,
                spec,
                request.usage(),
                request.origin(),
                provider,
                request.owner(),
                now,
                0,
                draft -> draft.alias(request.alias())
                        .description(request.description())
                        .tags(request.tags())
                        .phase(isExternal ? KeyPhase.LIVE : KeyPhase.CREATING)
                        .state(isExternal ? KeyState.PENDING_IMPORT : KeyState.ENABLED)
                        .versions(isExternal ? List.of() : List.of(version)));
        if (isExternal) {
            return insertWaiting(wanted, caller, details);
        }
        KeyRecord reserved = store.write(transaction -> transaction.insert(wanted));
        try {
            return finish(reserved, caller, details);
        } catch (KmsException e) {
            abandon(reserved, e);
            throw e;
        }
    }

    /** A key without material needs no provider, and so no steps. */
    private KeyRecord insertWaiting(KeyRecord wanted, Caller caller, Details details) {
        KeyRecord waiting = store.write(transaction -> {
            transaction.audit(path.event(Operation.CREATE_KEY, caller, details, ""));
            return transaction.insert(wanted);
        });
        keys.changed(waiting);
        return waiting;
    }

    /** Steps 2 and 3, for a key that this or another process began to create. */
    private KeyRecord finish(KeyRecord creating, Caller caller, Details details) {
        KeyVersionRecord version = creating.versions().get(0);
        KeyHandle handle =
                providers.create(creating, LiveKey.handle(creating, version).version());
        KeyVersionRecord ready = KeyVersionRecord.ready(version.id(), version.created(), handle.token());
        KeyRecord live = store.write(transaction -> {
            KeyRecord now = transaction
                    .key(creating.id())
                    .filter(key -> key.phase() != KeyPhase.DESTROYING)
                    .orElseThrow(() -> StoreException.retryable(
                            "the creation of key " + creating.id() + " took so long that it was undone", null));
            if (now.phase() == KeyPhase.LIVE) {
                return now;
            }
            KeyRecord stored = transaction.update(now.change(draft -> draft.version(ready)
                    .current(ready.id())
                    .state(KeyState.ENABLED)
                    .phase(KeyPhase.LIVE)));
            transaction.audit(path.event(Operation.CREATE_KEY, caller, details, ""));
            return stored;
        });
        keys.changed(live);
        return live;
    }

    private void abandon(KeyRecord reserved, KmsException cause) {
        try {
            store.write(transaction -> {
                transaction
                        .key(reserved.id())
                        .filter(key -> key.rowVersion() == reserved.rowVersion())
                        .ifPresent(transaction::delete);
                return true;
            });
        } catch (KmsException e) {
            cause.addSuppressed(e); // the row stays CREATING, and maintenance ends it
        }
    }

    /** Returns the key of this alias; one that a process began to create and did not finish is finished now. */
    private Optional<KeyRecord> finishedKeyOf(String alias, Caller caller) {
        Optional<KeyRecord> found = store.idOfAlias(alias).flatMap(store::key);
        if (found.isPresent() && found.get().phase() == KeyPhase.CREATING) {
            return Optional.of(path.changing(
                    Operation.CREATE_KEY, caller, found.get().tags(), details -> {
                        details.key(found.get().id())
                                .note("spec", found.get().spec())
                                .note("usage", found.get().usage().value());
                        return finish(found.get(), caller, details);
                    }));
        }
        return found.filter(key -> key.phase() == KeyPhase.LIVE);
    }

    private static KeyRecord requireFits(KeyRecord key, NewKey<?> request) {
        boolean fits = key.usage() == request.usage()
                && request.spec().map(key.spec()::equals).orElse(true)
                && request.provider().map(key.provider()::equals).orElse(true)
                && request.origin() == key.origin()
                && request.owner().equals(key.owner());
        if (!fits) {
            throw new KeyUsageException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "key '" + key.alias() + "' exists with usage " + key.usage().value() + " and spec " + key.spec()
                            + " in provider '" + key.provider() + "', origin "
                            + key.origin().value()
                            + " and owner '" + key.owner() + "', not as requested");
        }
        return key;
    }
}
