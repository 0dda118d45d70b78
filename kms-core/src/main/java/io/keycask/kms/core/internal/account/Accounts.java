package io.keycask.kms.core.internal.account;

import io.keycask.kms.AccessControl;
import io.keycask.kms.Caller;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.core.internal.access.Access;
import io.keycask.kms.core.internal.access.PolicyParser;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.AccessRecords;
import io.keycask.kms.core.internal.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Accounts, groups and policies of the service; {@link #of} is what one caller can do with them. Thread-safe. */
public final class Accounts {
    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Access access;
    private final PolicyParser parser;
    private final Clock clock;
    private final String region;

    /** Accounts over these parts. */
    public Accounts(
            CallPath path, Store store, Keys keys, Access access, PolicyParser parser, Clock clock, String region) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.access = access;
        this.parser = parser;
        this.clock = clock;
        this.region = region;
    }

    /** Returns what the caller can do. */
    public AccessControl of(Caller caller) {
        return new AccountOperations(this, new AccessQuestions(path, store, keys, access, clock, region), caller);
    }

    /**
     * Changes something and records that, in one transaction.
     *
     * @param notes checks the request and says what the audit should say
     */
    void change(Operation operation, Caller caller, Consumer<Details> notes, Consumer<AccessRecords> change) {
        path.changing(operation, caller, details -> {
            notes.accept(details);
            long version = store.write(transaction -> {
                AccessRecords records = transaction.access();
                change.accept(records);
                transaction.audit(path.event(operation, caller, details, ""));
                return records.version();
            });
            access.changed(version);
            return version;
        });
    }

    /** Reads something as it is at one moment, and records that. */
    <T> T read(Operation operation, Caller caller, Consumer<Details> notes, Function<AccessRecords, T> work) {
        return path.call(operation, caller, details -> {
            notes.accept(details);
            return store.readAccess(work);
        });
    }

    /**
     * Checks that the text is a policy.
     *
     * @throws InvalidRequestException otherwise
     */
    void requirePolicy(String document) {
        parser.check(document);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
