package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.StatementRef;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.store.AccountPolicies;
import io.keycask.kms.core.internal.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows what every caller may do: the root account and the engine itself everything, an account what policies allow.
 *
 * <p>The policies of an account are remembered, compiled, until the store says that something about accounts, groups or
 * policies changed: it is asked when the staleness is over, and at zero staleness at every call. A change of this process
 * counts at once. At most {@value #MAX_ENTRIES} accounts are remembered, each for at most {@link #MAX_AGE}. Thread-safe.
 *
 * <p>What cannot be read, or does not pass its integrity check, allows nothing: the call fails.
 */
public final class Access {
    private static final int MAX_ENTRIES = 10_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong newestVersion = new AtomicLong();
    private final Store store;
    private final PolicyParser parser;
    private final long stalenessNanos;

    /** Access by the policies in this store, remembered for this long. */
    public Access(Store store, PolicyParser parser, Duration staleness) {
        this.store = store;
        this.parser = parser;
        this.stalenessNanos = staleness.toNanos();
    }

    /** What the store said at {@code loadedNanos}, and that it would have said the same at {@code checkedNanos}. */
    private record Entry(Grants grants, long version, long loadedNanos, long checkedNanos) {}

    /** Returns what the caller may do now. */
    public Grants grants(Caller caller) {
        return caller.kind() == Caller.Kind.ACCOUNT ? ofAccount(caller.name()) : Grants.EVERYTHING;
    }

    private Grants ofAccount(String name) {
        long now = System.nanoTime();
        Entry entry = entries.get(name);
        if (entry == null || entry.version < newestVersion.get() || now - entry.loadedNanos >= MAX_AGE.toNanos()) {
            return load(name, now);
        }
        if (now - entry.checkedNanos < stalenessNanos) {
            return entry.grants;
        }
        if (known(newestVersion.get(), store.accessVersion()) > entry.version) {
            return load(name, now);
        }
        return remember(name, new Entry(entry.grants, entry.version, entry.loadedNanos, now));
    }

    private Grants load(String name, long now) {
        long before = newestVersion.get();
        AccountPolicies policies = store.readAccess(records -> records.policiesOf(name));
        known(before, policies.version());
        return remember(name, new Entry(compile(policies.policies()), policies.version(), now, now));
    }

    /** Takes note of a version, which cannot be older than one that was read earlier. */
    private long known(long before, long version) {
        if (version < before) {
            throw StoreException.permanent(
                    "kms_access row access: version " + version + " follows version " + before
                            + "; the integrity check failed",
                    null);
        }
        newestVersion.accumulateAndGet(version, Math::max);
        return version;
    }

    private Grants remember(String name, Entry entry) {
        if (entries.size() >= MAX_ENTRIES) {
            entries.keySet().stream().limit(MAX_ENTRIES / 10).toList().forEach(entries::remove);
        }
        return entries.merge(name, entry, (old, fresh) -> fresh.version >= old.version ? fresh : old).grants;
    }

    /** Takes note of a change that this process made. */
    public void changed(long version) {
        newestVersion.accumulateAndGet(version, Math::max);
    }

    private Grants compile(List<AccountPolicies.Attached> policies) {
        List<PlacedStatement> statements = new ArrayList<>();
        for (AccountPolicies.Attached policy : policies) {
            List<PolicyStatement> parsed = statements(policy);
            for (int i = 0; i < parsed.size(); i++) {
                statements.add(PlacedStatement.of(
                        statements.size(), new StatementRef(policy.name(), i), policy.group(), parsed.get(i)));
            }
        }
        return Grants.of(statements);
    }

    private List<PolicyStatement> statements(AccountPolicies.Attached policy) {
        String text = policy.document()
                .or(() -> Presets.document(policy.name()))
                .orElseThrow(() -> StoreException.permanent("this release has no policy " + policy.name(), null));
        try {
            return parser.parse(text);
        } catch (InvalidRequestException e) {
            throw StoreException.permanent("the policy " + policy.name() + " is not one for this release", e);
        }
    }
}
