package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.AuditLog;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.Cmk;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOutcome;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.Page;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.envelope.Envelopes;
import io.keycask.kms.core.internal.record.Records;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The service as one caller sees it: everything that {@link EmbeddedKms} and its views have in common. */
abstract class CallerKms implements Kms {
    private final Engine engine;
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
    public <C extends Cmk> C createKey(NewKey<C> request) {
        return handle(request, engine.creation.create(request, caller));
    }

    @Override
    public <C extends Cmk> C createKeyIfAbsent(NewKey<C> request) {
        return handle(request, engine.creation.createIfAbsent(request, caller));
    }

    private <C extends Cmk> C handle(NewKey<C> request, KeyMetadata key) {
        return request.handle().cast(engine.symmetric(key.id(), key.spec(), caller));
    }

    @Override
    public Cmk key(String alias) {
        return symmetricKey(alias);
    }

    @Override
    public Cmk key(KeyId id) {
        return symmetricKey(id);
    }

    @Override
    public Optional<Cmk> findKey(String alias) {
        return engine.directory
                .findByAlias(requireNonNull(alias, "alias"), caller)
                .map(this::symmetric);
    }

    @Override
    public SymmetricCmk symmetricKey(String alias) {
        return symmetric(engine.directory.describe(requireNonNull(alias, "alias"), caller));
    }

    @Override
    public SymmetricCmk symmetricKey(KeyId id) {
        return symmetric(engine.directory.describe(requireNonNull(id, "id"), caller));
    }

    private SymmetricCmk symmetric(KeyMetadata key) {
        if (key.usage() != KeyUsage.ENCRYPT_DECRYPT) {
            throw new KeyUsageException(
                    ErrorCode.INVALID_KEY_USAGE, "key " + key.id() + " is not symmetric: " + key.usage());
        }
        return engine.symmetric(key.id(), key.spec(), caller);
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
