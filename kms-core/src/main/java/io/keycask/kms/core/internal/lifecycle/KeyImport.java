package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.KmsException;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.ImportRecord;
import io.keycask.kms.core.internal.store.KeyRecord;
import io.keycask.kms.core.internal.store.KeyVersionRecord;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.Store.Purpose;
import io.keycask.kms.core.internal.store.WrappingKeyRecord;
import io.keycask.kms.spi.ImportedKey;
import io.keycask.kms.spi.WrappedMaterial;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Brings material into keys.
 *
 * <p>An import is made like a rotation, in three steps: a version that is not ready names what the provider is to make, the
 * provider decrypts and takes in the material, and one transaction decides. There it shows whether this is the material of
 * the key; if so it becomes current under the name that the first import gave, unless the key has it already.
 */
public final class KeyImport {
    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Providers providers;
    private final ImportedMaterial material;
    private final Clock clock;
    private final SecureRandom random;

    /** An import over these parts. */
    public KeyImport(
            CallPath path,
            Store store,
            Keys keys,
            Providers providers,
            ImportedMaterial material,
            Clock clock,
            SecureRandom random) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.providers = providers;
        this.material = material;
        this.clock = clock;
        this.random = random;
    }

    /** Imports material that expires, if a date is given. */
    public void importMaterial(
            KeyId id, byte[] encrypted, byte[] tokenBytes, Optional<Instant> validTo, Caller caller) {
        path.changing(Operation.IMPORT_KEY_MATERIAL, caller, details -> {
            details.key(id).note("encryptedBytes", encrypted.length);
            validTo.ifPresent(date -> details.note("validTo", date));
            path.latest(Operation.IMPORT_KEY_MATERIAL, id, details);
            Optional<Instant> date = validTo.map(this::requireInRange);
            ImportToken token = ImportToken.parse(tokenBytes, id, store);
            KeyVersionRecord planned = KeyVersionRecord.creating(new KeyVersionId(random.nextLong()), now());
            KeyRecord begun = store.write(transaction -> begin(token, planned, transaction, details));
            ImportedKey imported = take(begun, token, planned, encrypted);
            KeyRecord done = decide(new Attempt(token, planned, imported, date), caller, details);
            keys.changed(done);
            if (done.version(planned.id()).filter(KeyVersionRecord::isReady).isEmpty()) {
                material.discard(id, planned.id(), Optional.of(imported.handle()));
            }
            return done;
        });
    }

    /** One import on its way, after the provider has taken in the material. */
    private record Attempt(
            ImportToken token, KeyVersionRecord planned, ImportedKey imported, Optional<Instant> validTo) {}

    private Instant requireInRange(Instant validTo) {
        Instant date = validTo.truncatedTo(ChronoUnit.MILLIS);
        if (!date.isAfter(clock.instant())
                || date.isAfter(Instant.ofEpochSecond(MaterialImport.MAX_VALID_TO_SECONDS))) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "validTo is " + validTo + "; expected a date after now, up to second "
                            + MaterialImport.MAX_VALID_TO_SECONDS);
        }
        return date;
    }

    private KeyRecord begin(
            ImportToken token, KeyVersionRecord planned, Store.Transaction transaction, Details details) {
        KeyRecord key = requireImportable(token.keyId(), transaction, details);
        requireUsable(key, token);
        // IMP-4: with this padding every answer tells something, so there is one
        boolean endsNow = token.algorithm() == WrappingAlgorithm.RSAES_PKCS1_V1_5;
        return transaction.update(key.change(
                draft -> draft.version(planned).wrappingKeys(endsNow ? ended(key, token) : key.wrappingKeys())));
    }

    private ImportedKey take(KeyRecord key, ImportToken token, KeyVersionRecord planned, byte[] encrypted) {
        WrappingKeyRecord pair = find(key, token).orElseThrow(KeyImport::tokenExpired);
        try (SecretBytes recognitionKey = recognitionKey(key.id())) {
            return providers
                    .importing(key.provider())
                    .importWrapped(
                            key.spec(),
                            LiveKey.handle(key, planned).version(),
                            WrappedMaterial.of(pair.handle(), pair.algorithm(), encrypted),
                            recognitionKey);
        } catch (InvalidRequestException e) {
            material.discard(key.id(), planned.id(), Optional.empty());
            throw e;
        }
    }

    /** Another key for every key, so that the store does not show which keys have the same material. */
    private SecretBytes recognitionKey(KeyId id) {
        byte[] name = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
        return SecretBytes.takeFrom(store.mac(Purpose.MATERIAL, name));
    }

    private KeyRecord decide(Attempt attempt, Caller caller, Details details) {
        KeyId id = attempt.token.keyId();
        try {
            return store.write(transaction -> {
                KeyRecord stored = transaction.update(next(requireImportable(id, transaction, details), attempt));
                transaction.audit(path.event(Operation.IMPORT_KEY_MATERIAL, caller, details, ""));
                return stored;
            });
        } catch (KmsException e) {
            if (!e.isRetryable()) { // else it is not known what the store has; maintenance ends what is left
                material.discard(id, attempt.planned.id(), Optional.of(attempt.imported.handle()));
            }
            throw e;
        }
    }

    private KeyRecord next(KeyRecord key, Attempt attempt) {
        KeyVersionRecord planned = attempt.planned;
        if (key.version(planned.id()).isEmpty()) { // and its material is destroyed, so it must never be current
            throw StoreException.retryable(
                    "the import into key " + key.id() + " took so long that it was undone", null);
        }
        if (attempt.token.algorithm() != WrappingAlgorithm.RSAES_PKCS1_V1_5) {
            requireUsable(key, attempt.token);
        }
        if (attempt.validTo.isPresent() && !key.bindings().isEmpty()) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER, "key " + key.id() + " is bound; its material cannot expire");
        }
        byte[] recognition = attempt.imported.recognition();
        if (key.imported().filter(first -> !first.isOf(recognition)).isPresent()) {
            throw new InvalidRequestException(
                    ErrorCode.MATERIAL_NOT_MATCH, "key " + key.id() + " had other material when it was imported first");
        }
        ImportRecord first = key.imported()
                .orElseGet(() -> ImportRecord.of(new KeyVersionId(random.nextLong()), planned.created(), recognition));
        KeyRecord enabled = key.change(draft -> draft.state(KeyState.ENABLED)
                .validTo(attempt.validTo.orElse(null))
                .wrappingKeys(ended(key, attempt.token)));
        return key.currentVersion().isPresent()
                ? enabled
                : enabled.change(draft -> draft.imported(first)
                        .current(first.versionId())
                        .version(KeyVersionRecord.ready(
                                planned.id(),
                                planned.created(),
                                attempt.imported.handle().token())));
    }

    private KeyRecord requireImportable(KeyId id, Store.Transaction transaction, Details details) {
        KeyRecord key = path.permitted(id, transaction.key(id), details);
        Operation.IMPORT_KEY_MATERIAL.requireAllowed(path.now(key));
        return key;
    }

    private static Optional<WrappingKeyRecord> find(KeyRecord key, ImportToken token) {
        return key.wrappingKeys().stream()
                .filter(pair -> pair.id().equals(token.wrappingKey()) && pair.algorithm() == token.algorithm())
                .findFirst();
    }

    /** IMP-2: what the store says counts; a token that was used up has no key pair any more, or one that ended. */
    private void requireUsable(KeyRecord key, ImportToken token) {
        Instant now = clock.instant();
        if (!now.isBefore(token.validTo())
                || find(key, token).filter(pair -> pair.isUsable(now)).isEmpty()) {
            throw tokenExpired();
        }
    }

    private List<WrappingKeyRecord> ended(KeyRecord key, ImportToken token) {
        return key.wrappingKeys().stream()
                .map(pair -> pair.id().equals(token.wrappingKey()) ? pair.expiredAt(now()) : pair)
                .toList();
    }

    private static InvalidRequestException tokenExpired() {
        return new InvalidRequestException(
                ErrorCode.TOKEN_EXPIRED, "the import token has expired, or was used already");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
