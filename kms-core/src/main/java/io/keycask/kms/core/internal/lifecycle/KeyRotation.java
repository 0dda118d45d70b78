package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.RotationStatus;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives keys new versions: on demand, by period, and before a version was used too often.
 *
 * <p>A version comes into being like a key, in three steps (see {@link KeyCreation}): a row that is not ready names it,
 * the provider makes it, and one transaction makes it ready and current. The key goes on encrypting under the old version
 * until then.
 */
public final class KeyRotation {
    private static final Duration LIMITED_TO = Duration.ofHours(24);

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;
    private final Clock clock;
    private final SecureRandom random;
    private final boolean isLimited;

    /** A rotation over these parts; one on demand is limited to once in 24 hours, or not. */
    public KeyRotation(
            CallPath path,
            Store store,
            Keys keys,
            Providers providers,
            Clock clock,
            SecureRandom random,
            boolean isLimited) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
        this.clock = clock;
        this.random = random;
        this.isLimited = isLimited;
    }

    /**
     * What a key is rotated for.
     *
     * @param isDemand whether a caller asked for it
     * @param wanted whether the key still has to be rotated, asked in each transaction
     */
    private record Occasion(boolean isDemand, Predicate<KeyRecord> wanted) {
        static final Occasion DEMAND = new Occasion(true, key -> true);
    }

    /** Rotates on demand. */
    public KeyVersion rotate(KeyId id, Caller caller) {
        return path.changing(
                        Operation.ROTATE_KEY,
                        caller,
                        details -> rotate(id, caller, details, Occasion.DEMAND, transaction -> {}))
                .orElseThrow();
    }

    /** Rotates if the date for that is still due; another process may have been faster. */
    boolean rotateIfDue(KeyId id, Consumer<Store.Transaction> fence) {
        return rotateIf(this::isDue, id, fence);
    }

    /** Rotates if this version, which was used as often as it should be, is still current. */
    boolean rotateIfCurrent(KeyVersionRef worn, Consumer<Store.Transaction> fence) {
        return rotateIf(key -> key.currentVersion().equals(Optional.of(worn.versionId())), worn.keyId(), fence);
    }

    private boolean rotateIf(Predicate<KeyRecord> wanted, KeyId id, Consumer<Store.Transaction> fence) {
        return path.changing(
                        Operation.ROTATE_KEY,
                        Maintenance.ACTOR,
                        details -> rotate(id, Maintenance.ACTOR, details, new Occasion(false, wanted), fence))
                .isPresent();
    }

    private Optional<KeyVersion> rotate(
            KeyId id, Caller caller, Details details, Occasion occasion, Consumer<Store.Transaction> fence) {
        details.key(id);
        KeyVersionRecord planned = KeyVersionRecord.creating(new KeyVersionId(random.nextLong()), now());
        details.note("keyVersion", planned.id());
        Optional<KeyRecord> begun = store.write(transaction -> {
            fence.accept(transaction);
            KeyRecord key = requireRotatable(id, transaction, details);
            if (isLimited && occasion.isDemand()) {
                requireNotRotatedLately(key);
            }
            return occasion.wanted().test(key)
                    ? Optional.of(transaction.update(key.change(draft -> draft.version(planned))))
                    : Optional.empty();
        });
        return begun.flatMap(key -> {
            KeyHandle handle =
                    providers.create(key, LiveKey.handle(key, planned).version());
            return makeCurrent(
                    KeyVersionRecord.ready(planned.id(), planned.created(), handle.token()),
                    id,
                    caller,
                    details,
                    occasion);
        });
    }

    private Optional<KeyVersion> makeCurrent(
            KeyVersionRecord version, KeyId id, Caller caller, Details details, Occasion occasion) {
        KeyRecord changed = store.write(transaction -> {
            KeyRecord key = requireRotatable(id, transaction, details);
            if (!occasion.wanted().test(key)) {
                return key; // the version stays not ready, and maintenance ends it
            }
            if (key.version(version.id()).isEmpty()) { // and its material is destroyed, so it must never be current
                throw StoreException.retryable("the rotation of key " + id + " took so long that it was undone", null);
            }
            Instant now = now();
            int days = key.rotation().periodDays();
            KeyRecord stored = transaction.update(key.change(
                    draft -> draft.version(version).current(version.id()).rotation(days, now, next(now, days))));
            transaction.audit(path.event(Operation.ROTATE_KEY, caller, details, ""));
            return stored;
        });
        keys.changed(changed);
        return changed.currentVersion().equals(Optional.of(version.id()))
                ? Optional.of(new KeyVersion(version.id(), version.created(), true))
                : Optional.empty();
    }

    private KeyRecord requireRotatable(KeyId id, Store.Transaction transaction, Details details) {
        KeyRecord key = path.permitted(id, transaction.key(id), details);
        Operation.ROTATE_KEY.requireAllowed(key);
        requireMadeHere(key, ErrorCode.ROTATE_NOT_SUPPORTED);
        return key;
    }

    private void requireNotRotatedLately(KeyRecord key) {
        Optional<Instant> last = key.rotation().last();
        if (last.isPresent() && clock.instant().isBefore(last.get().plus(LIMITED_TO))) {
            throw new LimitExceededException(
                    ErrorCode.ROTATE_RATE_LIMITED,
                    "key " + key.id() + " was rotated at " + last.get() + "; limit is once in 24 hours");
        }
    }

    private boolean isDue(KeyRecord key) {
        return key.rotation().next().map(next -> !next.isAfter(clock.instant())).orElse(false);
    }

    /** Rotates by period from now on. */
    public void enable(KeyId id, int periodDays, Caller caller) {
        path.changing(Operation.ENABLE_KEY_ROTATION, caller, details -> {
            details.key(id).note("periodDays", periodDays);
            if (periodDays < RotationStatus.MIN_PERIOD_DAYS || periodDays > RotationStatus.MAX_PERIOD_DAYS) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "rotation period is " + periodDays + " days; expected " + RotationStatus.MIN_PERIOD_DAYS
                                + " to " + RotationStatus.MAX_PERIOD_DAYS);
            }
            return path.change(Operation.ENABLE_KEY_ROTATION, caller, id, details, key -> {
                requireMadeHere(key, ErrorCode.EXTERNAL_CMK_CAN_NOT_ROTATE);
                return key.change(draft ->
                        draft.rotation(periodDays, key.rotation().last().orElse(null), next(now(), periodDays)));
            });
        });
    }

    /** Ends the rotation by period. */
    public void disable(KeyId id, Caller caller) {
        path.changing(
                Operation.DISABLE_KEY_ROTATION,
                caller,
                details -> path.change(
                        Operation.DISABLE_KEY_ROTATION,
                        caller,
                        id,
                        details,
                        key -> key.rotation().enabled()
                                ? key.change(draft ->
                                        draft.rotation(0, key.rotation().last().orElse(null), null))
                                : key));
    }

    private static void requireMadeHere(KeyRecord key, ErrorCode code) {
        if (key.origin() == KeyOrigin.EXTERNAL) {
            throw new KeyUsageException(code, "key " + key.id() + " has imported material and cannot be rotated");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant next(Instant from, int days) {
        return days == 0 ? null : from.plus(Duration.ofDays(days));
    }
}
