package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.AccessControl;
import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.AuditLog;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.Cmk;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOffer;
import io.keycask.kms.KeyOutcome;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.Page;
import io.keycask.kms.PublicKey;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.ServiceStatus;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.envelope.Envelopes;
import io.keycask.kms.core.internal.record.Records;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The service as one caller sees it: everything that {@link EmbeddedKms} and its views have in common. */
abstract class CallerKms implements Kms {
    final Engine engine;
    private final Caller caller;
    private final CmkOperations operations;
    private final EnvelopeDecryptor envelope;

    CallerKms(Engine engine, Caller caller) {
        this.engine = engine;
        this.caller = caller;
        this.operations = engine.operations(caller);
        this.envelope = Envelopes.decryptor(operations);
    }

    @Override
    public AuditLog audit() {
        return engine.journal(caller);
    }

    @Override
    public Kms as(Caller other) {
        if (requireNonNull(other, "caller").kind() == Caller.Kind.SYSTEM) {
            throw new IllegalArgumentException(other.name() + " is an actor of the engine, and nobody else's");
        }
        if (caller.kind() != Caller.Kind.ROOT) {
            throw new AccessDeniedException(caller.name() + " cannot act as another caller");
        }
        return new KmsView(engine, other);
    }

    @Override
    public AccessControl access() {
        return engine.accounts.of(caller);
    }

    @Override
    public <C extends Cmk> C createKey(NewKey<C> request) {
        return handle(request, engine.creation.create(request, caller));
    }

    @Override
    public <C extends Cmk> C createKeyIfAbsent(NewKey<C> request) {
        return handle(request, engine.creation.createIfAbsent(request, caller));
    }

    private <C extends Cmk> C handle(NewKey<C> request, KeyMetadata key) {
        return request.handle().cast(engine.handle(key, caller));
    }

    @Override
    public Cmk key(String alias) {
        return engine.handle(describe(alias), caller);
    }

    @Override
    public Cmk key(KeyId id) {
        return engine.handle(describe(id), caller);
    }

    @Override
    public Optional<Cmk> findKey(String alias) {
        return engine.directory
                .findByAlias(requireNonNull(alias, "alias"), caller)
                .map(key -> engine.handle(key, caller));
    }

    @Override
    public SymmetricCmk symmetricKey(String alias) {
        return handle(SymmetricCmk.class, describe(alias));
    }

    @Override
    public SymmetricCmk symmetricKey(KeyId id) {
        return handle(SymmetricCmk.class, describe(id));
    }

    @Override
    public SigningCmk signingKey(String alias) {
        return handle(SigningCmk.class, describe(alias));
    }

    @Override
    public SigningCmk signingKey(KeyId id) {
        return handle(SigningCmk.class, describe(id));
    }

    @Override
    public DecryptionCmk decryptionKey(String alias) {
        return handle(DecryptionCmk.class, describe(alias));
    }

    @Override
    public DecryptionCmk decryptionKey(KeyId id) {
        return handle(DecryptionCmk.class, describe(id));
    }

    private KeyMetadata describe(String alias) {
        return engine.directory.describe(requireNonNull(alias, "alias"), caller);
    }

    private KeyMetadata describe(KeyId id) {
        return engine.directory.describe(requireNonNull(id, "id"), caller);
    }

    private <C extends Cmk> C handle(Class<C> wanted, KeyMetadata key) {
        Cmk handle = engine.handle(key, caller);
        if (!wanted.isInstance(handle)) {
            throw new KeyUsageException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "key " + key.id() + " is for " + key.usage().documentedName(key.spec()));
        }
        return wanted.cast(handle);
    }

    @Override
    public List<KeyMetadata> describeKeys(Collection<KeyId> ids) {
        return engine.directory.describeAll(ids, caller);
    }

    @Override
    public Page<KeyId> listKeyIds(KeyQuery query) {
        return engine.directory.listIds(requireNonNull(query, "query"), caller);
    }

    @Override
    public List<String> regions() {
        return engine.service.regions(caller);
    }

    @Override
    public List<KeyOffer> algorithms() {
        return engine.service.offers(caller);
    }

    @Override
    public ServiceStatus serviceStatus() {
        return engine.service.status(caller);
    }

    @Override
    public Page<KeyMetadata> listKeys(KeyQuery query) {
        return engine.directory.list(requireNonNull(query, "query"), caller);
    }

    @Override
    public long countKeys(KeyQuery query) {
        return engine.directory.count(requireNonNull(query, "query"), caller);
    }

    @Override
    public List<KeyOutcome> enableKeys(Collection<KeyId> ids) {
        return engine.lifecycle.enableAll(ids, caller);
    }

    @Override
    public List<KeyOutcome> disableKeys(Collection<KeyId> ids) {
        return engine.lifecycle.disableAll(ids, caller);
    }

    @Override
    public EnvelopeDecryptor envelope() {
        return envelope;
    }

    @Override
    public RecordCipher records(Ciphertext wrappedKey, EncryptionContext context) {
        requireNonNull(wrappedKey, "wrappedKey");
        requireNonNull(context, "context");
        return Records.cipher(operations.decryptDataKey(wrappedKey, context, Optional.empty()));
    }

    @Override
    public byte[] decrypt(Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        try (SecretBytes plaintext = operations.decrypt(ciphertext, context, Optional.empty())) {
            return plaintext.copy();
        }
    }

    @Override
    public byte[] decryptTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(publicKey, "publicKey");
        requireNonNull(algorithm, "algorithm");
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        return operations.decryptTo(publicKey, algorithm, ciphertext, context, Optional.empty());
    }

    @Override
    public ReEncrypted reEncrypt(Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        return operations.reEncrypt(ciphertext, context, Optional.empty(), context);
    }

    @Override
    public byte[] generateRandom(int sizeBytes) {
        try (SecretBytes random = operations.generateRandom(sizeBytes)) {
            return random.copy();
        }
    }
}
