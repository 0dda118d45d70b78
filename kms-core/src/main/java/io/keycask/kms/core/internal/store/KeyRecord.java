package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.RotationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One key with everything that belongs to it (versions and tags), as it stands in the store at one row version.
 *
 * <p>Immutable; instants are whole milliseconds. {@link #change} makes the next record of the same key; the store
 * accepts it only if the row version is still the one that it was made from.
 */
public final class KeyRecord implements KeyMetadata {
    private final KeyId id;
    private final KeySpec spec;
    private final KeyUsage usage;
    private final KeyOrigin origin;
    private final String provider;
    private final String owner;
    private final Instant created;
    private final long rowVersion;

    private final String alias;
    private final String description;
    private final KeyState state;
    private final KeyPhase phase;
    private final Map<String, String> tags;
    private final List<KeyVersionRecord> versions;
    private final @Nullable KeyVersionId current;
    private final int rotationDays;
    private final @Nullable Instant lastRotation;
    private final @Nullable Instant nextRotation;
    private final @Nullable Instant deletionDate;
    private final @Nullable Instant validTo;
    private final Set<ResourceBinding> bindings;
    private final @Nullable ImportRecord imported;
    private final List<WrappingKeyRecord> wrappingKeys;

    private KeyRecord(Draft draft) {
        this.id = draft.id;
        this.spec = draft.spec;
        this.usage = draft.usage;
        this.origin = draft.origin;
        this.provider = draft.provider;
        this.owner = draft.owner;
        this.created = draft.created;
        this.rowVersion = draft.rowVersion;
        this.alias = draft.alias;
        this.description = draft.description;
        this.state = draft.state;
        this.phase = draft.phase;
        this.tags = Map.copyOf(draft.tags);
        this.versions = List.copyOf(draft.versions);
        this.current = draft.current;
        this.rotationDays = draft.rotationDays;
        this.lastRotation = draft.lastRotation;
        this.nextRotation = draft.nextRotation;
        this.deletionDate = draft.deletionDate;
        this.validTo = draft.validTo;
        this.bindings = Set.copyOf(draft.bindings);
        this.imported = draft.imported;
        this.wrappingKeys = List.copyOf(draft.wrappingKeys);
    }

    /** Returns the record of a new key that has no version yet; the draft fills in the rest. */
    public static KeyRecord of(
            KeyId id,
            KeySpec spec,
            KeyUsage usage,
            KeyOrigin origin,
            String provider,
            String owner,
            Instant created,
            long rowVersion,
            UnaryOperator<Draft> rest) {
        return new KeyRecord(rest.apply(new Draft(id, spec, usage, origin, provider, owner, created, rowVersion)));
    }

    /** Returns this record with the changes that the operator makes to a draft of it. */
    public KeyRecord change(UnaryOperator<Draft> changes) {
        return new KeyRecord(changes.apply(new Draft(this)));
    }

    /**
     * Returns this key as callers see it at this moment: from the date of its expiry on, imported material is as good as
     * gone, whether maintenance has been there or not.
     */
    public KeyRecord at(Instant now) {
        if (!isExpired(now)) {
            return this;
        }
        return change(draft -> {
            draft.state = draft.state == KeyState.PENDING_DELETE ? draft.state : KeyState.PENDING_IMPORT;
            return draft.current(null).validTo(null).versions(List.of());
        });
    }

    /** Returns whether the key has material whose date has come. */
    public boolean isExpired(Instant now) {
        return validTo != null && !now.isBefore(validTo);
    }

    /** Returns the record that the store holds after it accepted this one. */
    KeyRecord stored() {
        Draft next = new Draft(this);
        next.rowVersion = rowVersion + 1;
        return new KeyRecord(next);
    }

    @Override
    public KeyId id() {
        return id;
    }

    @Override
    public KeySpec spec() {
        return spec;
    }

    @Override
    public KeyUsage usage() {
        return usage;
    }

    @Override
    public KeyOrigin origin() {
        return origin;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Instant created() {
        return created;
    }

    /** Returns the number of the last accepted change; 0 before the key is in the store. */
    public long rowVersion() {
        return rowVersion;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public KeyState state() {
        return state;
    }

    public KeyPhase phase() {
        return phase;
    }

    @Override
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns all versions as the provider knows them, the oldest first. */
    public List<KeyVersionRecord> versions() {
        return versions;
    }

    /** Returns the version of this id, if the key has it. */
    public Optional<KeyVersionRecord> version(KeyVersionId versionId) {
        return versions.stream().filter(v -> v.id().equals(versionId)).findFirst();
    }

    @Override
    public Optional<KeyVersionId> currentVersion() {
        return Optional.ofNullable(current);
    }

    /** Returns the id by which ciphertexts name this version: its own, unless the material was imported. */
    public KeyVersionId nameOf(KeyVersionRecord version) {
        return imported == null ? version.id() : imported.versionId();
    }

    @Override
    public RotationStatus rotation() {
        return new RotationStatus(
                rotationDays > 0, rotationDays, Optional.ofNullable(lastRotation), Optional.ofNullable(nextRotation));
    }

    @Override
    public Optional<Instant> deletionDate() {
        return Optional.ofNullable(deletionDate);
    }

    @Override
    public Optional<Instant> validTo() {
        return Optional.ofNullable(validTo);
    }

    @Override
    public Set<ResourceBinding> bindings() {
        return bindings;
    }

    /** Returns what the first import of material decided, if there was one. */
    public Optional<ImportRecord> imported() {
        return Optional.ofNullable(imported);
    }

    /** Returns the wrapping key pairs, the one that ends first first. */
    public List<WrappingKeyRecord> wrappingKeys() {
        return wrappingKeys;
    }

    @Override
    public String toString() {
        return "Key[" + id + ", " + alias + ", " + spec + ", " + state.value() + "]";
    }

    /** What may change about a key, between two records of it. Used by one thread, inside {@link #change}. */
    public static final class Draft {
        private final KeyId id;
        private final KeySpec spec;
        private final KeyUsage usage;
        private final KeyOrigin origin;
        private final String provider;
        private final String owner;
        private final Instant created;
        private long rowVersion;

        private String alias = "";
        private String description = "";
        private KeyState state = KeyState.ENABLED;
        private KeyPhase phase = KeyPhase.CREATING;
        private Map<String, String> tags = Map.of();
        private List<KeyVersionRecord> versions = List.of();
        private @Nullable KeyVersionId current;
        private int rotationDays;
        private @Nullable Instant lastRotation;
        private @Nullable Instant nextRotation;
        private @Nullable Instant deletionDate;
        private @Nullable Instant validTo;
        private Set<ResourceBinding> bindings = Set.of();
        private @Nullable ImportRecord imported;
        private List<WrappingKeyRecord> wrappingKeys = List.of();

        private Draft(
                KeyId id,
                KeySpec spec,
                KeyUsage usage,
                KeyOrigin origin,
                String provider,
                String owner,
                Instant created,
                long rowVersion) {
            this.id = id;
            this.spec = spec;
            this.usage = usage;
            this.origin = origin;
            this.provider = provider;
            this.owner = owner;
            this.created = created;
            this.rowVersion = rowVersion;
        }

        private Draft(KeyRecord from) {
            this(from.id, from.spec, from.usage, from.origin, from.provider, from.owner, from.created, from.rowVersion);
            this.alias = from.alias;
            this.description = from.description;
            this.state = from.state;
            this.phase = from.phase;
            this.tags = from.tags;
            this.versions = from.versions;
            this.current = from.current;
            this.rotationDays = from.rotationDays;
            this.lastRotation = from.lastRotation;
            this.nextRotation = from.nextRotation;
            this.deletionDate = from.deletionDate;
            this.validTo = from.validTo;
            this.bindings = from.bindings;
            this.imported = from.imported;
            this.wrappingKeys = from.wrappingKeys;
        }

        public Draft alias(String value) {
            alias = value;
            return this;
        }

        public Draft description(String value) {
            description = value;
            return this;
        }

        public Draft state(KeyState value) {
            state = value;
            return this;
        }

        public Draft phase(KeyPhase value) {
            phase = value;
            return this;
        }

        public Draft tags(Map<String, String> value) {
            tags = value;
            return this;
        }

        public Draft versions(List<KeyVersionRecord> value) {
            versions = value;
            return this;
        }

        /** Puts the version in the place of the one with its id, or behind all others. */
        public Draft version(KeyVersionRecord value) {
            List<KeyVersionRecord> next = new ArrayList<>(versions);
            next.replaceAll(v -> v.id().equals(value.id()) ? value : v);
            if (!next.contains(value)) {
                next.add(value);
            }
            versions = next;
            return this;
        }

        public Draft current(@Nullable KeyVersionId value) {
            current = value;
            return this;
        }

        /** Sets the rotation: the period in days (0 for none), and when the last and the next one are. */
        public Draft rotation(int days, @Nullable Instant last, @Nullable Instant next) {
            rotationDays = days;
            lastRotation = last;
            nextRotation = next;
            return this;
        }

        public Draft deletionDate(@Nullable Instant value) {
            deletionDate = value;
            return this;
        }

        public Draft validTo(@Nullable Instant value) {
            validTo = value;
            return this;
        }

        public Draft bindings(Set<ResourceBinding> value) {
            bindings = value;
            return this;
        }

        public Draft imported(@Nullable ImportRecord value) {
            imported = value;
            return this;
        }

        /** Sets the wrapping key pairs, the one that ends first first. */
        public Draft wrappingKeys(List<WrappingKeyRecord> value) {
            wrappingKeys = value;
            return this;
        }
    }
}
