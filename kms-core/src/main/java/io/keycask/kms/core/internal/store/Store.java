package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.AuditReport;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.Page;
import io.keycask.kms.core.internal.audit.AuditEntry;
import io.keycask.kms.core.internal.audit.AuditEvent;
import io.keycask.kms.spi.KeyVersionRef;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keys and audit events in a database, every row under a MAC.
 *
 * <p>Thread-safe. Every method throws {@link io.keycask.kms.StoreException}: retryable if the database is away or busy,
 * permanent if a row does not pass its integrity check (the message names the row).
 */
public interface Store extends AutoCloseable {
    /** Returns the key, in whatever phase. */
    Optional<KeyRecord> key(KeyId id);

    /** Returns the id of the key that has this alias, in whatever phase. */
    Optional<KeyId> idOfAlias(String alias);

    /** Returns the row version of the key, or -1 if there is none: the cheapest look at whether it changed. */
    long rowVersion(KeyId id);

    /** Returns a page of live keys. */
    Page<KeyRecord> keys(KeyQuery query);

    /** Returns how many live keys fit the query. */
    long count(KeyQuery query);

    /** Returns the ids of keys in whatever phase, in the order of their texts, behind this one; no row is checked. */
    List<KeyId> idsAfter(String id, int limit);

    /** Returns live, enabled keys whose next rotation is not after this moment, the longest overdue first. */
    List<KeyId> dueRotations(Instant now, int limit);

    /** Returns live keys that are pending deletion and whose date is not after this moment. */
    List<KeyId> dueDeletions(Instant now, int limit);

    /** Returns live keys whose imported material expires not after this moment, the longest overdue first. */
    List<KeyId> dueExpiries(Instant now, int limit);

    /** Returns live keys that have a wrapping key pair that ended not after this moment. */
    List<KeyId> endedWrappingKeys(Instant now, int limit);

    /**
     * Returns the current versions of live, enabled keys made here that have reserved at least so many uses, the most used
     * first.
     */
    Map<KeyId, KeyVersionRef> wornVersions(long reserved, int limit);

    /**
     * Returns keys that are not live, or have a version that is not ready, and were last changed before this moment by
     * the database's clock.
     */
    List<KeyId> unfinished(Instant lastChangeBefore, int limit);

    /**
     * Returns the 32 bytes of HMAC-SHA256 of a message under a key that is derived from the store key for this purpose: a
     * MAC, or the key for something else. The same for every process on this store.
     */
    byte[] mac(Purpose purpose, byte[] message);

    /** What {@link #mac} is used for. */
    enum Purpose {
        /** The tokens that go out with import parameters. */
        IMPORT_TOKEN(RowMacs.IMPORT_TOKEN),
        /** The keys that recognize imported material. */
        MATERIAL(RowMacs.MATERIAL);

        private final String label;

        Purpose(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Returns the time by the database's clock. */
    Instant databaseTime();

    /**
     * Runs the work in one transaction and commits it durably; runs it again if another process changed one of its rows.
     * Work that throws is rolled back. The writes of one process run one after the other; work must not call a provider.
     */
    <T> T write(Work<T> work);

    /** Returns the number that grows with every change of accounts, groups and policies. */
    long accessVersion();

    /** Runs the work on accounts, groups and policies as they are at one moment; it must not change them. */
    <T> T readAccess(Function<AccessRecords, T> work);

    /** Appends the events to the audit chain of this process, all or none, and commits them durably. */
    default void audit(List<AuditEvent> events) {
        write(transaction -> {
            events.forEach(transaction::audit);
            return events.size();
        });
    }

    /**
     * Lends every audit event of a process to the reader: chain by chain, and in the order of the chain. Nothing is
     * checked.
     */
    void readAudit(Consumer<AuditEntry> reader);

    /** Returns what is wrong with the audit: for each chain the first event that was changed, removed or added. */
    default List<String> verifyAudit() {
        return examineAudit(Optional.empty()).faults().stream()
                .map(fault -> (fault.sequence() == 0 ? "kms_audit_chain row " : "kms_audit_event row ") + fault)
                .toList();
    }

    /**
     * Verifies the whole audit.
     *
     * @throws IllegalArgumentException if the checkpoint was not signed by this store
     */
    AuditReport examineAudit(Optional<AuditCheckpoint> lastKnown);

    /** Returns a page of audit events. */
    Page<AuditRecord> findAudit(AuditQuery query);

    /** Lends the lines of an export to the writer and returns the checkpoint in the last of them. */
    AuditCheckpoint exportAudit(Consumer<String> writer);

    /** Signs how far the audit is. */
    AuditCheckpoint checkpoint();

    /** Returns the public key of checkpoints. */
    PublicKey checkpointKey();

    /** Drops old audit events of all chains and returns how many. */
    long dropAudit(Instant before);

    /** Returns a new feed of the events that this process commits from its first one on. */
    AuditFeed auditFeed();

    /** Takes or extends the lease of this name for this process, if no other holds it. */
    Optional<Lease> lease(String name, Duration ttl);

    /** Seals the store key again if {@code anchor} says that it is sealed under an earlier root key. */
    boolean resealStoreKey(StoreAnchor anchor);

    /**
     * Overwrites what was deleted, as far as the database can. On SQLite no copy of destroyed material is left in the file
     * or in the write-ahead log; on PostgreSQL the places of deleted rows are freed, and bytes may stay for a while.
     */
    void purgeDeleted();

    @Override
    void close();

    /**
     * Uses of a key version that nobody else has.
     *
     * @param first how many uses were reserved before
     * @param end how many are reserved now; the same if the bound leaves none
     */
    record Block(long first, long end) {
        /** Returns how many uses these are. */
        public long size() {
            return end - first;
        }
    }

    /**
     * A lease on background work.
     *
     * @param fence grows with every change of the holder
     */
    record Lease(String name, long fence) {}

    /**
     * What is done in one transaction; it may run more than once.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    interface Work<T> {
        T apply(Transaction transaction);
    }

    /** What can be done in a transaction. Used by one thread, inside {@link Store#write}. */
    interface Transaction {
        Optional<KeyRecord> key(KeyId id);

        Optional<KeyId> idOfAlias(String alias);

        /**
         * Inserts a new key and returns it as stored.
         *
         * @throws io.keycask.kms.InvalidRequestException with {@code ALIAS_ALREADY_EXISTS} if a key has its alias
         */
        KeyRecord insert(KeyRecord key);

        /**
         * Replaces the key, if its row version is still that of the record, and returns it as stored.
         *
         * @throws io.keycask.kms.InvalidRequestException with {@code ALIAS_ALREADY_EXISTS} if another key has its alias
         */
        KeyRecord update(KeyRecord key);

        /** Deletes the key with its versions and tags, if its row version is still that of the record. */
        void delete(KeyRecord key);

        /** Returns accounts, groups and policies, of which the work is going to change something. */
        AccessRecords access();

        /** Appends the event to the audit chain of this process. */
        void audit(AuditEvent event);

        /** Notes that the alarm of this name is raised on this day; returns false if that was noted before. */
        boolean raise(String alarm, long day);

        /**
         * Reserves the next uses of a version of a key that is there: as many as wanted, or what the bound leaves.
         *
         * @param known how many are reserved as far as the caller knows; a row that says less was put back, and does not count
         */
        Block reserve(KeyVersionRef version, long known, long size, long bound);

        /**
         * Checks that this process still holds the lease, and keeps others from taking it until the commit.
         *
         * @throws LeaseLostException if another process took it over
         */
        void require(Lease lease);
    }
}
