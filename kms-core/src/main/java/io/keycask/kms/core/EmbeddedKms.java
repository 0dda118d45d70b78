package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditMode;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.blob.UsageLimits;
import io.keycask.kms.core.internal.datakey.CachedDataKeys;
import io.keycask.kms.core.internal.datakey.DataKeyLimits;
import io.keycask.kms.core.internal.journal.Sinks;
import io.keycask.kms.core.internal.lifecycle.KeyCheck;
import io.keycask.kms.core.internal.lifecycle.Maintenance;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.StoreAnchor;
import io.keycask.kms.spi.AlarmListener;
import io.keycask.kms.spi.AuditSink;
import io.keycask.kms.spi.KeyProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key-management service that runs inside the program, on a store and one or several key providers.
 *
 * <p>Build one for the life of the program, share it between all threads, and close it at the end. Several processes may
 * share one store, each with an {@code EmbeddedKms} of its own.
 *
 * <p>The code that holds an {@code EmbeddedKms} acts as the root account, which may do everything; {@link #as} makes views
 * for others.
 */
public final class EmbeddedKms extends CallerKms {
    private final Store store;
    private final AuditTrail audit;
    private final Sinks sinks;
    private final Providers providers;
    private final List<BackgroundThread> backgroundThreads;

    private EmbeddedKms(
            Builder builder, Engine engine, Store store, AuditTrail audit, Sinks sinks, Providers providers) {
        super(engine, Caller.root());
        this.store = store;
        this.audit = audit;
        this.sinks = sinks;
        this.providers = providers;
        this.backgroundThreads = startThreads(builder);
    }

    private List<BackgroundThread> startThreads(Builder builder) {
        List<BackgroundThread> started = new ArrayList<>();
        Duration interval = builder.maintenanceInterval;
        if (!interval.isZero()) {
            Duration lease = interval.multipliedBy(2);
            started.add(BackgroundThread.start("maintenance", interval, () -> engine.maintenance.runIfLeased(lease)));
        }
        if (!engine.dataKeys.isOff()) {
            Duration age = builder.dataKeyLimits.maxAge();
            started.add(BackgroundThread.start("data-keys", age, engine.dataKeys::dropExpired));
        }
        return List.copyOf(started);
    }

    /** Returns a builder that has a store and a provider to be told, and defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Does now what background maintenance would do: rotations, deletions and expiries whose date has come, and what a crash left
     * half done. Safe at any time, in any number of processes at once.
     */
    public MaintenanceReport runMaintenance() {
        Maintenance.Report report = engine.maintenance.run();
        return new MaintenanceReport(
                report.rotated(), report.deleted(), report.expired(), report.undone(), report.failed());
    }

    /**
     * Seals every key version, and the store key, again under the newest root key of their providers, after the
     * application gave such a provider to the builder together with the earlier root key. May be run again after a
     * crash; once it returns 0 the earlier root key is not needed any more.
     *
     * @return how many were sealed again
     */
    public int changeRootKey() {
        return engine.rootKeyChange.run(Builder.anchor(providers), Caller.root());
    }

    /**
     * Looks at every key in the store, and lets its provider use every version of it once (encrypt and decrypt, sign, or
     * decrypt; nothing of that is kept): says whether the store, a restored copy of it for instance, can open everything
     * that was encrypted under its keys. Changes nothing, and is not recorded in the audit.
     *
     * @throws io.keycask.kms.StoreException if the store is away
     */
    public CheckReport check() {
        Checked checked = new Checked();
        new KeyCheck(store, providers).run(checked);
        return new CheckReport(checked.keys, checked.versions, checked.problems);
    }

    private static final class Checked implements KeyCheck.Findings {
        private long keys;
        private long versions;
        private final List<CheckReport.Problem> problems = new ArrayList<>();

        @Override
        public void key() {
            keys++;
        }

        @Override
        public void version() {
            versions++;
        }

        @Override
        public void problem(KeyId key, String reason) {
            problems.add(new CheckReport.Problem(key, reason));
        }
    }

    @Override
    public void close() {
        backgroundThreads.forEach(BackgroundThread::close);
        if (engine.path.close()) {
            Closing closing = new Closing();
            closing.run(engine.dataKeys::close);
            closing.run(audit::close);
            closing.run(sinks::close);
            closing.run(store::close);
            providers.all().forEach(provider -> closing.run(provider::close));
            closing.throwFirst();
        }
    }

    @Override
    public String toString() {
        return "EmbeddedKms[" + providers.all() + "]";
    }

    /** Closes one part after the other, also when one of them fails. */
    private static final class Closing {
        private @Nullable RuntimeException first;

        void run(Runnable part) {
            try {
                part.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }

        void throwFirst() {
            if (first != null) {
                throw first;
            }
        }
    }

    /**
     * What an {@link EmbeddedKms} is made of. A builder is used by one thread, once: the store and the providers belong
     * to the Keycask that it builds, which closes them.
     */
    public static final class Builder {
        private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
        private static final Duration MAX_STALENESS = Duration.ofMinutes(1);
        private static final Duration MIN_CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

        private @Nullable JdbcStore store;
        private final List<KeyProvider> providers = new ArrayList<>();
        private KeySpec defaultKeySpec = KeySpec.AES_256;
        private Clock clock = Clock.systemUTC();
        private Duration staleness = Duration.ofSeconds(1);
        private Duration maintenanceInterval = Duration.ofMinutes(1);
        private String region = "local";
        private boolean strictAudit;
        private DataKeyLimits dataKeyLimits = DataKeyLimits.NONE;
        private boolean limitsRotation;
        private boolean allowsPkcs1Import;
        private final List<AuditSink> auditSinks = new ArrayList<>();
        private final List<AlarmListener> alarmListeners = new ArrayList<>();
        private Duration checkpointInterval = Duration.ofHours(1);
        private UnaryOperator<Store> storeWrapper = UnaryOperator.identity();
        private UsageLimits usageLimits = UsageLimits.AES_GCM;

        private Builder() {}

        /** Sets where keys and audit events are stored. */
        public Builder store(JdbcStore store) {
            this.store = requireNonNull(store, "store");
            return this;
        }

        /**
         * Adds a provider that holds key material. May be called again for others, of other names. The first one makes
         * keys unless a request names another, and seals the key of a new store.
         */
        public Builder provider(KeyProvider provider) {
            providers.add(requireNonNull(provider, "provider"));
            return this;
        }

        /**
         * Sets the spec of new keys whose request names none: {@link KeySpec#AES_256} unless said otherwise. {@link
         * KeySpec#SM4} is for regions that require it. Keys that exist stay what they are.
         */
        public Builder defaultKeySpec(KeySpec spec) {
            defaultKeySpec = requireNonNull(spec, "spec");
            return this;
        }

        /**
         * Sets the name of the region, which {@link io.keycask.kms.Kms#regions} answers, resources in policies name, and
         * audit events carry:
         * {@code local} unless said otherwise.
         *
         * @param name 1 to 32 lower-case letters, digits and hyphens
         * @throws IllegalArgumentException if the name has another form
         */
        public Builder region(String name) {
            if (!REGION.matcher(requireNonNull(name, "name")).matches()) {
                throw new IllegalArgumentException("region: expected 1 to 32 of a-z, 0-9 and -");
            }
            region = name;
            return this;
        }

        /**
         * Sets the clock of business dates: creation, rotation, deletion. The system's in UTC unless said otherwise.
         * Material is destroyed only when the database's own clock agrees that the date has come.
         */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets how long a change that another process made may go unnoticed: 1 second unless said otherwise, at most a
         * minute. At zero every call looks at the store.
         *
         * @throws IllegalArgumentException if it is negative or longer than a minute
         */
        public Builder staleness(Duration staleness) {
            if (staleness.isNegative() || staleness.compareTo(MAX_STALENESS) > 0) {
                throw new IllegalArgumentException("staleness is " + staleness + "; expected 0 to " + MAX_STALENESS);
            }
            this.staleness = staleness;
            return this;
        }

        /**
         * Lets every operation wait until its audit event is on the disk. Without it, events of data operations are
         * committed in groups within 100 ms, and a crash may lose those of the last moment; management operations always
         * wait.
         */
        public Builder strictAudit() {
            strictAudit = true;
            return this;
        }

        /**
         * Keeps data keys in memory, within these limits, so that not every message costs a call of the provider. Without it none
         * is kept. {@link DataKeyCache} says what is shared then, and what that costs.
         */
        public Builder dataKeyCache(DataKeyCache cache) {
            dataKeyLimits = requireNonNull(cache, "cache").limits();
            return this;
        }

        /**
         * Adds a second place for the audit trail of this process. May be called again for others. The sink belongs to
         * the Keycask that is built, which closes it.
         */
        public Builder auditSink(AuditSink sink) {
            auditSinks.add(requireNonNull(sink, "sink"));
            return this;
        }

        /**
         * Sets how often a signed checkpoint of the audit trail is handed to the sinks: every hour unless said otherwise;
         * another one when the service closes.
         *
         * @throws IllegalArgumentException if it is shorter than a second
         */
        public Builder checkpointInterval(Duration interval) {
            if (interval.compareTo(MIN_CHECKPOINT_INTERVAL) < 0) {
                throw new IllegalArgumentException(
                        "checkpoint interval is " + interval + "; expected at least " + MIN_CHECKPOINT_INTERVAL);
            }
            checkpointInterval = interval;
            return this;
        }

        /** Adds somebody who is told about alarms. May be called again. Without any, alarms are logged at WARN. */
        public Builder alarmListener(AlarmListener listener) {
            alarmListeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets how often background maintenance looks for rotations, deletions and expiries that are due: every minute unless said
         * otherwise. Zero stands for no background maintenance: then the application, or another process on the same
         * store, has to call {@link EmbeddedKms#runMaintenance()}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maintenanceInterval(Duration interval) {
            if (interval.isNegative()) {
                throw new IllegalArgumentException("maintenance interval is negative: " + interval);
            }
            maintenanceInterval = interval;
            return this;
        }

        /** Refuses to rotate a key on demand within 24 hours of its last rotation. Without it, there is no limit. */
        public Builder oneRotationPerDay() {
            limitsRotation = true;
            return this;
        }

        /**
         * Allows {@link io.keycask.kms.WrappingAlgorithm#RSAES_PKCS1_V1_5} for imported material. Without it, only OAEP is
         * accepted; do this only for a device that knows nothing else.
         */
        public Builder allowPkcs1Import() {
            allowsPkcs1Import = true;
            return this;
        }

        private Engine.Settings settings() {
            return new Engine.Settings(
                    defaultKeySpec, clock, staleness, region, limitsRotation, allowsPkcs1Import, usageLimits);
        }

        /** Puts something between the engine and its store: time travel and faults, in tests. */
        Builder storeWrapper(UnaryOperator<Store> wrapper) {
            storeWrapper = wrapper;
            return this;
        }

        /** Sets limits that tests can reach. */
        Builder usageLimits(UsageLimits limits) {
            usageLimits = limits;
            return this;
        }

        /**
         * Opens the store, creates it if there is none yet, and returns the service.
         *
         * @throws IllegalStateException if no store was given
         * @throws IllegalArgumentException if no provider was given, or two of one name
         * @throws io.keycask.kms.ProviderException if the store was sealed under another root key; nothing is written
         * @throws io.keycask.kms.StoreException if the store cannot be opened
         */
        public EmbeddedKms build() {
            if (store == null) {
                throw new IllegalStateException("no store was given");
            }
            Providers all = Providers.of(providers);
            Store opened = storeWrapper.apply(store.open(anchor(all)));
            try {
                AuditTrail audit =
                        new AuditTrail(opened::audit, strictAudit ? AuditMode.strict() : AuditMode.grouped());
                AuditEvents events = new AuditEvents(clock, region);
                Alarms alarms = new Alarms(opened, events, alarmListeners);
                Sinks sinks = Sinks.start(auditSinks, opened, alarms, checkpointInterval);
                CachedDataKeys dataKeys = new CachedDataKeys(dataKeyLimits, System::nanoTime);
                Engine engine = new Engine(opened, audit, events, alarms, sinks, all, dataKeys, settings());
                return new EmbeddedKms(this, engine, opened, audit, sinks, all);
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }

        private static StoreAnchor anchor(Providers providers) {
            return new ProviderAnchor(providers.first(), providers);
        }
    }
}
