package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.RotationStatus;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.envelope.Envelopes;
import io.keycask.kms.core.internal.record.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The handle of a symmetric key in this process, for one caller. */
final class EmbeddedSymmetricCmk implements SymmetricCmk {
    private final Engine engine;
    private final KeyId id;
    private final KeySpec spec;
    private final Caller caller;
    private final CmkOperations operations;
    private final EnvelopeCipher envelope;

    EmbeddedSymmetricCmk(Engine engine, KeyId id, KeySpec spec, Caller caller) {
        this.engine = engine;
        this.id = id;
        this.spec = spec;
        this.caller = caller;
        this.operations = engine.operations(caller);
        this.envelope = Envelopes.cipher(operations, id, spec);
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
    public KeyMetadata describe() {
        return engine.directory.describe(id, caller);
    }

    @Override
    public void bindResource(String service, String resource) {
        engine.bindings.bind(id, requireNonNull(service, "service"), requireNonNull(resource, "resource"), caller);
    }

    @Override
    public void unbindResource(String service, String resource) {
        engine.bindings.unbind(id, requireNonNull(service, "service"), requireNonNull(resource, "resource"), caller);
    }

    @Override
    public void enable() {
        engine.lifecycle.enable(id, caller);
    }

    @Override
    public void disable() {
        engine.lifecycle.disable(id, caller);
    }

    @Override
    public void archive() {
        engine.lifecycle.archive(id, caller);
    }

    @Override
    public void cancelArchive() {
        engine.lifecycle.cancelArchive(id, caller);
    }

    @Override
    public Instant scheduleDeletion(int pendingWindowDays) {
        return engine.lifecycle.scheduleDeletion(id, pendingWindowDays, caller);
    }

    @Override
    public void cancelDeletion() {
        engine.lifecycle.cancelDeletion(id, caller);
    }

    @Override
    public void updateAlias(String alias) {
        engine.lifecycle.updateAlias(id, requireNonNull(alias, "alias"), caller);
    }

    @Override
    public void updateDescription(String description) {
        engine.lifecycle.updateDescription(id, requireNonNull(description, "description"), caller);
    }

    @Override
    public void updateTags(Map<String, String> tags) {
        engine.lifecycle.updateTags(id, Map.copyOf(tags), caller);
    }

    @Override
    public EnvelopeCipher envelope() {
        return envelope;
    }

    @Override
    public Ciphertext encrypt(byte[] plaintext, EncryptionContext context) {
        return operations.encrypt(id, requireNonNull(plaintext, "plaintext"), requireNonNull(context, "context"));
    }

    @Override
    public byte[] decrypt(Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        try (SecretBytes plaintext = operations.decrypt(ciphertext, context, Optional.of(id))) {
            return plaintext.copy();
        }
    }

    @Override
    public ReEncrypted reEncrypt(Ciphertext ciphertext, EncryptionContext source, EncryptionContext destination) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(source, "source");
        return operations.reEncrypt(ciphertext, source, Optional.of(id), requireNonNull(destination, "destination"));
    }

    @Override
    public DataKey generateDataKey(DataKeySpec spec, EncryptionContext context) {
        return operations.generateDataKey(id, requireNonNull(spec, "spec"), requireNonNull(context, "context"));
    }

    @Override
    public Ciphertext generateDataKeyWithoutPlaintext(DataKeySpec spec, EncryptionContext context) {
        try (DataKey key = generateDataKey(spec, context)) {
            return key.wrapped();
        }
    }

    @Override
    public DataKey decryptDataKey(Ciphertext wrapped, EncryptionContext context) {
        requireNonNull(wrapped, "wrapped");
        return operations.decryptDataKey(wrapped, requireNonNull(context, "context"), Optional.of(id));
    }

    @Override
    public Ciphertext newRecordKey(EncryptionContext context) {
        return generateDataKeyWithoutPlaintext(Records.KEY_SPEC, context);
    }

    @Override
    public RecordCipher records(Ciphertext wrappedKey, EncryptionContext context) {
        requireNonNull(wrappedKey, "wrappedKey");
        requireNonNull(context, "context");
        return Records.cipher(operations.decryptDataKey(wrappedKey, context, Optional.of(id)));
    }

    @Override
    public KeyVersion rotate() {
        return engine.rotation.rotate(id, caller);
    }

    @Override
    public void enableRotation(int periodDays) {
        engine.rotation.enable(id, periodDays, caller);
    }

    @Override
    public void disableRotation() {
        engine.rotation.disable(id, caller);
    }

    @Override
    public RotationStatus rotationStatus() {
        return engine.directory.rotationStatus(id, caller);
    }

    @Override
    public List<KeyVersion> versions() {
        return engine.directory.versions(id, caller);
    }

    @Override
    public MaterialImport materialImport() {
        return new EmbeddedMaterialImport(engine, id, caller);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedSymmetricCmk that
                && engine == that.engine
                && id.equals(that.id)
                && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SymmetricCmk[" + id + "]";
    }
}
