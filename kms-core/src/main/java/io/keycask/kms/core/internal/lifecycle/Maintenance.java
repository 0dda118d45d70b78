package io.keycask.kms.core.internal.lifecycle;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KmsException;
import io.keycask.kms.core.internal.alarm.AlarmRound;
import io.keycask.kms.core.internal.blob.UsageLimits;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyPhase;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.LeaseLostException;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyVersionRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that nobody calls for: rotations, deletions and expiries whose date has come, versions that were used often, and what a crash left half done.
 *
 * <p>Any number of processes may run it at once: every step checks again inside its transaction that it is still due. The
 * lease only saves them the trouble; a run under it checks in the transaction that begins each step that no other process
 * took it over, and stops if one did. A step that fails is logged and tried again by the next run.
 */
public final class Maintenance {
    /** Who rotates, deletes and cleans up when its date has come. */
    static final Caller ACTOR = Caller.system("maintenance");

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final String LEASE = "maintenance";
    private static final int BATCH = 100;
    /** A creation or rotation that is not done after this time was given up: its process has crashed. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(10);

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;
    private final KeyRotation rotation;
    private final ImportedMaterial material;
    private final AlarmRound alarms;
    private final UsageLimits limits;
    private final Clock clock;

    /** Maintenance over these parts. */
    public Maintenance(
            CallPath path,
            Store store,
            Keys keys,
            Providers providers,
            KeyRotation rotation,
            ImportedMaterial material,
            AlarmRound alarms,
            UsageLimits limits,
            Clock clock) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
        this.rotation = rotation;
        this.material = material;
        this.alarms = alarms;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What one run did.
     *
     * @param rotated keys that got a new version
     * @param deleted keys whose material was destroyed
     * @param expired keys whose imported material has expired and was destroyed
     * @param undone keys and versions that a crash left half done, and that are ended now
     * @param failed steps that failed, and will be tried again
     */
    public record Report(int rotated, int deleted, int expired, int undone, int failed) {}

    /** Does what is due, unless another process holds the lease. */
    public Optional<Report> runIfLeased(Duration ttl) {
        Optional<Store.Lease> lease = store.lease(LEASE, ttl);
        try {
            return lease.map(held -> run(transaction -> transaction.require(held)));
        } catch (LeaseLostException e) {
            LOG.info("maintenance stops: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Does what is due, whoever holds the lease. */
    public Report run() {
        return run(transaction -> {});
    }

    private Report run(Consumer<Store.Transaction> fence) {
        Instant now = agreedNow();
        Steps rotations = each(store.dueRotations(clock.instant(), BATCH), id -> rotation.rotateIfDue(id, fence));
        Map<KeyId, KeyVersionRef> worn = store.wornVersions(limits.rotateFrom(), BATCH);
        Steps wornOut =
                each(List.copyOf(worn.keySet()), id -> rotation.rotateIfCurrent(requireNonNull(worn.get(id)), fence));
        Steps deletions = each(store.dueDeletions(now, BATCH), id -> delete(id, now, fence));
        Steps expiries = each(store.dueExpiries(now, BATCH), id -> material.expire(id, now));
        Steps ended = each(store.endedWrappingKeys(now, BATCH), id -> material.endWrappingKeys(id, now));
        Instant givenUp = store.databaseTime().minus(GIVEN_UP_AFTER);
        Steps leftovers = each(store.unfinished(givenUp, BATCH), id -> endLeftover(id, fence));
        alarms.run();
        return new Report(
                rotations.done + wornOut.done,
                deletions.done,
                expiries.done,
                leftovers.done,
                Stream.of(rotations, wornOut, deletions, expiries, ended, leftovers)
                        .mapToInt(Steps::failed)
                        .sum());
    }

    private record Steps(int done, int failed) {}

    private static Steps each(List<KeyId> due, Predicate<KeyId> step) {
        int done = 0;
        int failed = 0;
        for (KeyId id : due) {
            try {
                if (step.test(id)) {
                    done++;
                }
            } catch (KmsException e) {
                failed++;
                LOG.warn("maintenance of key {} failed and will be tried again: {}", id, e.getMessage());
            }
        }
        return new Steps(done, failed);
    }

    /** Destroying takes two readings that agree: the date has to have come by our clock and by the database's. */
    private Instant agreedNow() {
        Instant ours = clock.instant();
        Instant theirs = store.databaseTime();
        return ours.isBefore(theirs) ? ours : theirs;
    }

    /** Makes the key disappear for callers, then destroys its material and its rows. */
    private boolean delete(KeyId id, Instant now, Consumer<Store.Transaction> fence) {
        Optional<KeyRecord> destroying = store.write(transaction -> {
            fence.accept(transaction);
            return transaction
                    .key(id)
                    .filter(key -> key.phase() == KeyPhase.LIVE && isDeletionDue(key, now))
                    .map(key -> transaction.update(key.change(draft -> draft.phase(KeyPhase.DESTROYING))));
        });
        destroying.ifPresent(key -> {
            keys.deleted(id);
            endDeletion(key);
        });
        return destroying.isPresent();
    }

    private static boolean isDeletionDue(KeyRecord key, Instant now) {
        return Operation.DELETE_KEY.isAllowedIn(key.state())
                && key.deletionDate().map(date -> !date.isAfter(now)).orElse(false);
    }

    private void endDeletion(KeyRecord key) {
        path.changing(Operation.DELETE_KEY, ACTOR, details -> {
            details.key(key.id()).note("versions", key.versions().size());
            key.versions().forEach(version -> destroy(key, version));
            KeyProvider provider = providers.get(key.provider());
            key.wrappingKeys().forEach(pair -> ImportedMaterial.destroy(provider, pair));
            return deleteRows(key, Optional.of(details));
        });
        store.purgeDeleted();
    }

    private boolean deleteRows(KeyRecord key, Optional<Details> audited) {
        return store.write(transaction -> {
            Optional<KeyRecord> left = transaction.key(key.id());
            left.ifPresent(transaction::delete);
            if (left.isPresent() && audited.isPresent()) {
                transaction.audit(path.event(Operation.DELETE_KEY, ACTOR, audited.get(), ""));
            }
            return left.isPresent();
        });
    }

    /**
     * Destroys one version. Of one that is not ready the token is not known; {@code create} is idempotent by id, so it
     * names the material that a crash may have left in the provider.
     */
    private void destroy(KeyRecord key, KeyVersionRecord version) {
        KeyHandle handle = LiveKey.handle(key, version);
        KeyProvider provider = providers.get(key.provider());
        provider.destroy(version.isReady() ? handle : providers.create(key, handle.version()));
    }

    private boolean endLeftover(KeyId id, Consumer<Store.Transaction> fence) {
        Optional<KeyRecord> found = store.write(transaction -> {
            fence.accept(transaction);
            return transaction.key(id);
        });
        if (found.isEmpty()) {
            return false;
        }
        KeyRecord key = found.get();
        switch (key.phase()) {
            case DESTROYING -> endDeletion(key);
            case CREATING -> undoCreation(key);
            case LIVE -> undoRotation(key);
        }
        return true;
    }

    private void undoCreation(KeyRecord key) {
        KeyRecord doomed = store.write(transaction -> transaction
                .key(key.id())
                .filter(now -> now.phase() == KeyPhase.CREATING)
                .map(now -> transaction.update(now.change(draft -> draft.phase(KeyPhase.DESTROYING))))
                .orElse(key));
        if (doomed.phase() == KeyPhase.DESTROYING) {
            doomed.versions().forEach(version -> destroy(doomed, version));
            deleteRows(doomed, Optional.empty());
        }
    }

    /** The rows go first: a process that still works on such a version finds that out when it makes it current. */
    private void undoRotation(KeyRecord key) {
        List<KeyVersionRecord> halfDone =
                key.versions().stream().filter(version -> !version.isReady()).toList();
        KeyRecord changed = store.write(transaction -> {
            KeyRecord now = keys.requireLive(key.id(), transaction.key(key.id()));
            List<KeyVersionRecord> kept =
                    now.versions().stream().filter(KeyVersionRecord::isReady).toList();
            return kept.size() == now.versions().size()
                    ? now
                    : transaction.update(now.change(draft -> draft.versions(kept)));
        });
        keys.changed(changed);
        halfDone.stream()
                .filter(version -> changed.version(version.id()).isEmpty())
                .forEach(version -> destroy(key, version));
    }
}
