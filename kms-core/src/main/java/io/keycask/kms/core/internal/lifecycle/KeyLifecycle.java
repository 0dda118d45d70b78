package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOutcome;
import io.keycask.kms.KeyState;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.KeyRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Moves keys between their states and changes what is known about them.
 *
 * <p>{@link Operation} says which states an operation may come from; here stands the one that it leads to.
 */
public final class KeyLifecycle {
    private static final int MIN_WINDOW_DAYS = 7;
    private static final int MAX_WINDOW_DAYS = 30;

    private final CallPath path;
    private final Clock clock;

    /** A life cycle over these parts. */
    public KeyLifecycle(CallPath path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Enables; an enabled key stays as it is. */
    public void enable(KeyId id, Caller caller) {
        change(Operation.ENABLE_KEY, id, caller, to(KeyState.ENABLED));
    }

    /** Disables; a disabled key stays as it is. */
    public void disable(KeyId id, Caller caller) {
        change(Operation.DISABLE_KEY, id, caller, to(KeyState.DISABLED));
    }

    /** Archives. */
    public void archive(KeyId id, Caller caller) {
        change(Operation.ARCHIVE_KEY, id, caller, to(KeyState.ARCHIVED));
    }

    /** Takes back out of the archive. */
    public void cancelArchive(KeyId id, Caller caller) {
        change(Operation.CANCEL_KEY_ARCHIVE, id, caller, to(KeyState.ENABLED));
    }

    /** Schedules the deletion and returns its date. */
    public Instant scheduleDeletion(KeyId id, int windowDays, Caller caller) {
        return path.changing(Operation.SCHEDULE_KEY_DELETION, caller, details -> {
            details.key(id).note("pendingWindowInDays", windowDays);
            if (windowDays < MIN_WINDOW_DAYS || windowDays > MAX_WINDOW_DAYS) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PENDING_WINDOW,
                        "pending window is " + windowDays + " days; expected " + MIN_WINDOW_DAYS + " to "
                                + MAX_WINDOW_DAYS);
            }
            Instant date = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(windowDays));
            path.change(
                    Operation.SCHEDULE_KEY_DELETION,
                    caller,
                    id,
                    details.note("deletionDate", date),
                    key -> key.change(
                            draft -> draft.state(KeyState.PENDING_DELETE).deletionDate(date)));
            return date;
        });
    }

    /** Cancels the deletion: the key is disabled then, or waits for its material again if it never had any. */
    public void cancelDeletion(KeyId id, Caller caller) {
        change(Operation.CANCEL_KEY_DELETION, id, caller, key -> {
            KeyState next = key.currentVersion().isPresent() ? KeyState.DISABLED : KeyState.PENDING_IMPORT;
            return key.change(draft -> draft.state(next).deletionDate(null));
        });
    }

    /** Gives another alias. */
    public void updateAlias(KeyId id, String alias, Caller caller) {
        path.changing(Operation.UPDATE_ALIAS, caller, details -> {
            details.key(id);
            NewKey.requireAlias(alias);
            return path.change(
                    Operation.UPDATE_ALIAS,
                    caller,
                    id,
                    details.note("alias", alias),
                    key -> key.change(draft -> draft.alias(alias)));
        });
    }

    /** Gives another description. */
    public void updateDescription(KeyId id, String description, Caller caller) {
        path.changing(Operation.UPDATE_KEY_DESCRIPTION, caller, details -> {
            details.key(id);
            NewKey.requireDescription(description);
            return path.change(
                    Operation.UPDATE_KEY_DESCRIPTION,
                    caller,
                    id,
                    details,
                    key -> key.change(draft -> draft.description(description)));
        });
    }

    /** Replaces the tags. */
    public void updateTags(KeyId id, Map<String, String> tags, Caller caller) {
        path.changing(Operation.UPDATE_KEY_TAGS, caller, tags, details -> {
            details.key(id);
            NewKey.requireTags(tags);
            return path.change(
                    Operation.UPDATE_KEY_TAGS,
                    caller,
                    id,
                    details.note("tags", tags.size()),
                    key -> key.change(draft -> draft.tags(tags)));
        });
    }

    /** Enables many keys, each in a transaction of its own. */
    public List<KeyOutcome> enableAll(Collection<KeyId> ids, Caller caller) {
        return changeAll(Operation.ENABLE_KEYS, ids, caller, to(KeyState.ENABLED));
    }

    /** Disables many keys, each in a transaction of its own. */
    public List<KeyOutcome> disableAll(Collection<KeyId> ids, Caller caller) {
        return changeAll(Operation.DISABLE_KEYS, ids, caller, to(KeyState.DISABLED));
    }

    private List<KeyOutcome> changeAll(
            Operation operation, Collection<KeyId> ids, Caller caller, UnaryOperator<KeyRecord> next) {
        List<KeyId> batch = List.copyOf(ids);
        path.changing(operation, caller, details -> requireBatch(batch, details));
        List<KeyOutcome> outcomes = new ArrayList<>();
        for (KeyId id : batch) {
            try {
                outcomes.add(new KeyOutcome.Changed(id, change(operation, id, caller, next)));
            } catch (KmsException e) {
                outcomes.add(new KeyOutcome.Failed(id, e));
            }
        }
        return List.copyOf(outcomes);
    }

    private boolean requireBatch(List<KeyId> batch, Details details) {
        Batches.require(batch, details);
        batch.forEach(id -> path.permitted(id, details));
        return true;
    }

    private KeyRecord change(Operation operation, KeyId id, Caller caller, UnaryOperator<KeyRecord> next) {
        return path.changing(operation, caller, details -> path.change(operation, caller, id, details.key(id), next));
    }

    private static UnaryOperator<KeyRecord> to(KeyState state) {
        return key -> key.state() == state ? key : key.change(draft -> draft.state(state));
    }
}
