package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.StoreException;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.WrappingKeyRecord;
import io.keycask.kms.spi.WrappingKeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes import parameters: a wrapping key pair and its token.
 *
 * <p>The key pair comes into being in three steps, as a key does (see {@link KeyCreation}), and belongs to the key.
 */
public final class ImportParameterIssue {
    private static final Duration VALIDITY = Duration.ofHours(24);

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;
    private final ImportedMaterial material;
    private final boolean allowsPkcs1;
    private final Clock clock;

    /** An issue over these parts. */
    public ImportParameterIssue(
            CallPath path,
            Store store,
            Keys keys,
            Providers providers,
            ImportedMaterial material,
            boolean allowsPkcs1,
            Clock clock) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
        this.material = material;
        this.allowsPkcs1 = allowsPkcs1;
        this.clock = clock;
    }

    /** Returns new parameters for the key. */
    public ImportParameters parameters(KeyId id, WrappingAlgorithm algorithm, Caller caller) {
        return path.changing(Operation.GET_PARAMETERS_FOR_IMPORT, caller, details -> {
            details.key(id).note("wrappingAlgorithm", algorithm);
            requireAllowed(algorithm);
            KeyRecord key = path.latest(Operation.GET_PARAMETERS_FOR_IMPORT, id, details);
            material.endWrappingKeys(id, clock.instant());
            Instant validTo = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(VALIDITY);
            WrappingKeyRecord planned = WrappingKeyRecord.creating(UUID.randomUUID(), algorithm, validTo);
            keys.changed(store.write(transaction -> transaction.update(plan(id, transaction, planned, details))));
            WrappingKeyPair pair = providers.importing(key.provider()).createWrappingKey(planned.id());
            complete(planned.ready(pair.handle().token()), id, caller, details.note("validTo", validTo));
            return ImportParameters.of(
                    id,
                    algorithm,
                    pair.publicKey().getEncoded(),
                    new ImportToken(id, planned.id(), algorithm, validTo).toBytes(store),
                    validTo);
        });
    }

    private void requireAllowed(WrappingAlgorithm algorithm) {
        if (algorithm == WrappingAlgorithm.RSAES_PKCS1_V1_5 && !allowsPkcs1) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER, algorithm + " is not allowed; take RSAES_OAEP_SHA_256");
        }
    }

    /** Adds the planned key pair; if there are too many, those that end first end now. */
    private KeyRecord plan(KeyId id, Store.Transaction transaction, WrappingKeyRecord planned, Details details) {
        KeyRecord key = path.permitted(id, transaction.key(id), details);
        Operation.GET_PARAMETERS_FOR_IMPORT.requireAllowed(key);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<WrappingKeyRecord> next = new ArrayList<>(key.wrappingKeys());
        int surplus = next.size() + 1 - MaterialImport.MAX_PARAMETERS;
        for (int i = 0; i < surplus; i++) {
            next.set(i, next.get(i).expiredAt(now));
        }
        next.add(planned);
        return key.change(draft -> draft.wrappingKeys(next));
    }

    private void complete(WrappingKeyRecord ready, KeyId id, Caller caller, Details details) {
        path.change(Operation.GET_PARAMETERS_FOR_IMPORT, caller, id, details, key -> {
            List<WrappingKeyRecord> next = new ArrayList<>(key.wrappingKeys());
            if (!next.removeIf(pair -> pair.id().equals(ready.id()))) {
                throw StoreException.retryable(
                        "the wrapping key of key " + id + " took so long that it was undone", null);
            }
            next.add(ready);
            return key.change(draft -> draft.wrappingKeys(next));
        });
    }
}
