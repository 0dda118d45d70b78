package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.Page;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.Resealing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Seals the versions of every key, and the store key, again under the newest root key of their providers.
 *
 * <p>One key at a time, each in a transaction of its own, and only what is not sealed that way yet: after a crash the
 * next run goes on where the last one stopped, and a run that finds nothing to do is the proof that the earlier root key
 * is not needed any more.
 */
public final class RootKeyChange {
    private final CallPath path;
    private final Store store;
    private final Providers providers;
    private final Clock clock;

    /** A change over these parts. */
    public RootKeyChange(CallPath path, Store store, Providers providers, Clock clock) {
        this.path = path;
        this.store = store;
        this.providers = providers;
        this.clock = clock;
    }

    /** Seals again what needs it, and returns how many key versions and store keys that were. */
    public int run(StoreAnchor anchor, Caller caller) {
        int resealed = store.resealStoreKey(anchor) ? 1 : 0;
        KeyQuery query = KeyQuery.all().oldestFirst().limit(KeyQuery.MAX_LIMIT);
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Page<KeyRecord> page = store.keys(query.after(next.get()));
            for (KeyRecord key : page.items()) {
                resealed += reseal(key.id(), caller);
            }
            next = page.next();
        }
        store.purgeDeleted();
        return resealed;
    }

    private int reseal(KeyId id, Caller caller) {
        Optional<KeyRecord> found = store.key(id);
        if (found.isEmpty() || !(providers.get(found.get().provider()) instanceof Resealing resealing)) {
            return 0;
        }
        Map<KeyVersionId, Replacement> replacements = resealedVersions(found.get(), resealing);
        if (!replacements.isEmpty()) {
            path.changing(Operation.RESEAL_KEY, caller, details -> {
                details.key(id).note("versions", replacements.size());
                return path.change(Operation.RESEAL_KEY, caller, id, details, key -> replace(key, replacements));
            });
        }
        return replacements.size() + endWrappingKeys(found.get(), caller);
    }

    /** Key pairs for imports live for a day; they end now instead of being sealed again, and their tokens with them. */
    private int endWrappingKeys(KeyRecord key, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (key.wrappingKeys().stream().noneMatch(pair -> now.isBefore(pair.validTo()))) {
            return 0;
        }
        path.changing(Operation.RESEAL_KEY, caller, details -> {
            details.key(key.id()).note("endedImportTokens", key.wrappingKeys().size());
            return path.change(
                    Operation.RESEAL_KEY,
                    caller,
                    key.id(),
                    details,
                    latest -> latest.change(draft -> draft.wrappingKeys(latest.wrappingKeys().stream()
                            .map(pair -> pair.expiredAt(now))
                            .toList())));
        });
        return 1;
    }

    private record Replacement(KeyVersionRecord before, KeyVersionRecord after) {}

    private static Map<KeyVersionId, Replacement> resealedVersions(KeyRecord key, Resealing resealing) {
        Map<KeyVersionId, Replacement> replacements = new HashMap<>();
        for (KeyVersionRecord version : key.versions()) {
            if (version.isReady()) {
                KeyHandle handle = LiveKey.handle(key, version);
                if (!resealing.isCurrent(handle)) {
                    byte[] token = resealing.reseal(handle).token();
                    KeyVersionRecord after = KeyVersionRecord.ready(version.id(), version.created(), token);
                    replacements.put(version.id(), new Replacement(version, after));
                }
            }
        }
        return replacements;
    }

    /** Replaces the tokens that are still the ones that were sealed again. */
    private static KeyRecord replace(KeyRecord key, Map<KeyVersionId, Replacement> replacements) {
        List<KeyVersionRecord> versions = new ArrayList<>();
        for (KeyVersionRecord version : key.versions()) {
            Replacement replacement = replacements.get(version.id());
            boolean unchanged = replacement != null
                    && Arrays.equals(version.token(), replacement.before().token());
            versions.add(replacement != null && unchanged ? replacement.after() : version);
        }
        return key.change(draft -> draft.versions(versions));
    }
}
